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

/** One call of a claim plan, as an indexer has it. */
export interface GivenClaimCall {
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
 * Reads a call of an indexer's claim plan again, since it is to be signed.
 *
 * @throws {UserError} if it is anything but the ledger's own `settle`, or `collect` to the account.
 */
export function readClaimCall({ ledger, account, currency }: Claimant, { to, data, gas }: GivenClaimCall): ClaimCall {
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
    "The indexer's plan holds something else than settling and collecting for this account. Do not trust it.",
  );
}

function decode(data: Hex) {
  try {
    return decodeFunctionData({ abi: ledgerAbi, data });
  } catch {
    return undefined;
  }
}
