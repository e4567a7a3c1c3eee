import { type Address, decodeFunctionData, type Hex, isAddressEqual } from "viem";
import { ledgerAbi } from "../../indexer/abis.ts";
import { UserError } from "../../indexer/userError.ts";

export interface PlannedCall {
  /** The releases to settle first. */
  releases: readonly number[];
  /** The assets to claim for, in the last call. */
  assets: readonly number[] | undefined;
  gas: bigint;
}

interface GivenCall {
  to: string;
  data: string;
  gas: number;
}

interface Planned {
  ledger: Address;
  account: Address;
  currency: Address;
}

/**
 * A call of an indexer's plan, read again, as it is to be signed.
 *
 * @throws {UserError} if it is anything but the ledger's own `settle`, or `collect` to the account.
 */
export function readCall({ ledger, account, currency }: Planned, { to, data, gas }: GivenCall): PlannedCall {
  const call = decodeFunctionData({ abi: ledgerAbi, data: data as Hex });
  const own = isAddressEqual(to as Address, ledger);
  if (own && call.functionName === "settle" && isAddressEqual(call.args[1], currency)) {
    return { releases: call.args[0], assets: undefined, gas: BigInt(gas) };
  }
  if (own && call.functionName === "collect") {
    const [releases, assets, paidIn, recipient] = call.args;
    if (isAddressEqual(paidIn, currency) && isAddressEqual(recipient, account)) {
      return { releases, assets, gas: BigInt(gas) };
    }
  }
  throw new UserError(
    "The indexer's plan holds something else than settling and collecting for this account. Do not trust it.",
  );
}
