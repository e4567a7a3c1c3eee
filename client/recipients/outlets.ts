import { type Address, isAddressEqual } from "viem";
import { outletsAbi } from "#protocol/abis.ts";
import { outletAddresses } from "#protocol/clones/outletAddresses.ts";
import type { Chain } from "../chain/chain.ts";
import { ifAnswered } from "../errors/ifAnswered.ts";

/**
 * Reads the address of an account's outlet; undefined if the deployment has no outlets, or the account can have none
 * because it is a dead end itself.
 */
export async function outletOf({ client, deployment }: Chain, account: Address): Promise<Address | undefined> {
  const address = deployment.periphery.outlets?.address;
  if (address === undefined) return undefined;
  return ifAnswered(client.readContract({ address, abi: outletsAbi, functionName: "outletOf", args: [account] }));
}

/** Returns the account whose outlet an address is, deployed or not; undefined if it is the outlet of none of these. */
export function outletAmong(
  { deployment }: Chain,
  address: Address,
  accounts: readonly Address[],
): Address | undefined {
  const factory = deployment.periphery.outlets?.address;
  if (factory === undefined || accounts.length === 0) return undefined;
  const outletOfAccount = outletAddresses(factory);
  return accounts.find((account) => isAddressEqual(outletOfAccount(account), address));
}
