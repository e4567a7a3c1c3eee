import { type Address, encodeFunctionData, erc20Abi, isHex } from "viem";
import { z } from "zod";
import type { Currency } from "../../ledger/records.ts";
import type { Request } from "../../live/view.ts";
import { Amount } from "../../query/shapes.ts";

export const Observed = z
  .object({
    at: z.iso.datetime().describe("The time at which the node was asked."),
    currencies: z.array(Amount).describe("The balances in the admitted currencies, without zeros."),
    native: z.string().describe("The balance of native money in wei, as a decimal string."),
  })
  .meta({
    id: "ObservedBalances",
    description:
      "Observed balances: read from a node of the chain at the time of the request. They are no part of the index and belong to no block.",
  });

/** Parses a token's balance; undefined if the answer is not a number. */
function readBalance(answer: unknown): bigint | undefined {
  return isHex(answer) && answer.length === 66 ? BigInt(answer) : undefined;
}

/** Asks a node for the balances of an account now. */
export async function observe(
  request: Request,
  account: Address,
  currencies: readonly Currency[],
): Promise<z.input<typeof Observed>> {
  const data = encodeFunctionData({ abi: erc20Abi, functionName: "balanceOf", args: [account] });
  const [native, ...balances] = await Promise.all([
    request({ method: "eth_getBalance", params: [account, "latest"] }),
    ...currencies.map(({ address: to }) => request({ method: "eth_call", params: [{ to, data }, "latest"] })),
  ]);
  const amounts = balances.map(readBalance);
  return {
    at: new Date().toISOString(),
    currencies: currencies.flatMap((currency, i) => (amounts[i] ? [{ amount: String(amounts[i]), currency }] : [])),
    native: String(BigInt(String(native))),
  };
}
