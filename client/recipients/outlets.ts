import { type Address, bytesToHex, getAddress, getContractAddress, isAddressEqual } from "viem";
import { outletsAbi } from "#protocol/abis.ts";
import type { Chain } from "../chain/chain.ts";
import { ifAnswered } from "../errors/ifAnswered.ts";
import { CloneAddresses, ONE_WORD_CLONE_HEAD } from "./cloneAddresses.ts";

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
  // The factory creates the outlets' code first.
  const implementation = getContractAddress({ from: factory, nonce: 1n });
  const addresses = new CloneAddresses(factory, implementation, ONE_WORD_CLONE_HEAD, 32);
  return accounts.find((account) => {
    addresses.setWord(0, BigInt(account));
    return isAddressEqual(getAddress(bytesToHex(addresses.next())), address);
  });
}
