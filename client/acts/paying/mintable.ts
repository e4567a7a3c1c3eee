import { type Address, parseAbi, type PublicClient } from "viem";
import { ifAnswered } from "../../errors/ifAnswered.ts";

/** The function of test tokens that gives money to anyone who asks. */
export const mintAbi = parseAbi([
  "function mint(address to, uint256 amount)",
  "function balanceOf(address account) view returns (uint256)",
]);

export interface MintableParameters {
  currency: Address;
  to: Address;
  /** Base units. */
  amount: bigint;
}

/**
 * Returns true if a token lets anyone mint. It is simulated as a contract that exists in the simulation only, so that no
 * right of an account counts, and the balance must rise: some tokens accept every call and do nothing.
 */
export async function isMintable(client: PublicClient, { currency, to, amount }: MintableParameters): Promise<boolean> {
  const token = { address: currency, abi: mintAbi } as const;
  const balance = { ...token, functionName: "balanceOf", args: [to] } as const;
  const results = await ifAnswered(
    client.multicall({
      contracts: [balance, { ...token, functionName: "mint", args: [to, amount] }, balance],
      deployless: true,
    }),
  );
  if (!results) return false;
  const [before, , after] = results;
  return before.status === "success" && after.status === "success" && after.result - before.result === amount;
}
