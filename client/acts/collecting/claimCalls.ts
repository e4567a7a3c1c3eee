import { type Address, decodeFunctionData, type Hex, isAddressEqual } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";

/** One call of a claim plan. */
export interface ClaimCall {
  /** The releases to settle first. */
  releases: readonly number[];
  /** The assets to claim for, in the last call. */
  assets: readonly number[] | undefined;
  gas: bigint;
}

/** One call of a claim plan, in the form that an indexer returns. */
export interface IndexerClaimCall {
  to: string;
  data: string;
  gas: number;
}

interface Claimant {
  ledger: Address;
  account: Address;
  currency: Address;
}

/**
 * Decodes a call of an indexer's claim plan and checks it, because it will be signed.
 *
 * @throws {UserError} if it is any other call than the ledger's `settle`, or `collect` to the account.
 */
export function readClaimCall({ ledger, account, currency }: Claimant, { to, data, gas }: IndexerClaimCall): ClaimCall {
  const call = decode(data as Hex);
  const isLedger = isAddressEqual(to as Address, ledger);
  if (isLedger && call?.functionName === "settle" && isAddressEqual(call.args[1], currency)) {
    return { releases: call.args[0], assets: undefined, gas: BigInt(gas) };
  }
  if (isLedger && call?.functionName === "collect") {
    const [releases, assets, paidIn, recipient] = call.args;
    if (isAddressEqual(paidIn, currency) && isAddressEqual(recipient, account)) {
      return { releases, assets, gas: BigInt(gas) };
    }
  }
  throw new UserError(
    "The indexer's claim plan contains a call that neither settles nor collects for this account. Do not sign. Use another indexer.",
  );
}

function decode(data: Hex) {
  try {
    return decodeFunctionData({ abi: ledgerAbi, data });
  } catch {
    return undefined;
  }
}
