import { type Address, decodeFunctionData, encodeFunctionData, type Hex, isAddressEqual } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import { type Currency, exactText } from "#protocol/money.ts";

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

/** One call of a plan, to be sent. */
export interface CollectStep {
  /** What it does, in words. */
  does: string;
  to: Address;
  data: Hex;
  /** How much gas it takes at most, where only the calls before it make it possible to try. */
  gasLater?: bigint;
}

interface Collecting {
  ledger: Address;
  currency: Currency;
  calls: readonly PlannedCall[];
  /** What the last call pays. */
  pays: bigint;
  /** Whom it pays, and what to call them. */
  to: Address;
  toName: string;
}

/** Settles and claims in one currency, in the order of the plan. */
export const collectSteps = ({ ledger, currency, calls, pays, to, toName }: Collecting): CollectStep[] =>
  calls.map(({ releases, assets, gas }, i) => {
    const settles = `Settle ${counted(releases.length, "release")}`;
    // Only the first can be tried at once: the others wait for what it passes on.
    const gasLater = i === 0 ? {} : { gasLater: gas };
    if (assets === undefined) {
      return {
        does: `${settles} in ${currency.symbol}${calls.length > 2 ? ` (part ${i + 1})` : ""}.`,
        to: ledger,
        data: encodeFunctionData({ abi: ledgerAbi, functionName: "settle", args: [releases, currency.address] }),
        ...gasLater,
      };
    }
    const claims = `${releases.length > 0 ? `${settles} and claim` : "Claim"} for ${counted(assets.length, "asset")}`;
    return {
      does: `${claims}: ${exactText(pays, currency)} to ${toName}.`,
      to: ledger,
      data: encodeFunctionData({
        abi: ledgerAbi,
        functionName: "collect",
        args: [releases, assets, currency.address, to],
      }),
      ...gasLater,
    };
  });

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
