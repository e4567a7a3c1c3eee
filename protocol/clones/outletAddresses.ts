import { type Address, bytesToHex, getAddress, getContractAddress } from "viem";
import { CloneAddresses, ONE_WORD_CLONE_HEAD } from "./cloneAddresses.ts";

/**
 * Returns a function that computes the outlet of an account, deployed or not, for the contract that opens outlets. The
 * contract refuses accounts that are dead ends; that is not checked here.
 */
export function outletAddresses(factory: Address): (account: Address) => Address {
  // The factory creates the outlets' code first.
  const implementation = getContractAddress({ from: factory, nonce: 1n });
  const addresses = new CloneAddresses(factory, implementation, ONE_WORD_CLONE_HEAD, 32);
  return (account) => {
    addresses.setWord(0, BigInt(account));
    return getAddress(bytesToHex(addresses.next()));
  };
}
