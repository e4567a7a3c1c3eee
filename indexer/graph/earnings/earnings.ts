import type { Address } from "viem";
import { portionDown } from "#protocol/split.ts";
import { TOTAL_SHARES, WHOLE_PPM } from "#protocol/limits.ts";
import { type LedgerState, sharesOf } from "../../ledger/state.ts";
import { assetsOfHolder } from "./assetsOfHolder.ts";
import { Inflow, type KeptPart, shareholdersPart } from "../fees/inflow.ts";
import { feeRowsOf, type Period } from "../period.ts";
import type { EarningsSoFar } from "./statement.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

/** The earnings of an account with one asset in one currency between two blocks, in base units. */
export interface EarnedLine extends Omit<EarningsSoFar, "shares"> {
  sharesBefore: bigint;
  sharesAfter: bigint;
}

/**
 * Computes an account's earnings between two blocks: the income that was settled in between while it held the shares.
 */
export function earningsBetween(before: readonly EarningsSoFar[], after: readonly EarningsSoFar[]): EarnedLine[] {
  const key = ({ asset, currency }: EarningsSoFar) => `${asset} ${currency}`;
  const started = new Map(before.map((line) => [key(line), line]));
  return after.flatMap((end) => {
    const start = started.get(key(end)) ?? { earned: 0n, claimed: 0n, shares: 0n };
    if (end.earned === start.earned && end.claimed === start.claimed) return [];
    const { shares: sharesAfter, ...line } = end;
    return {
      ...line,
      earned: end.earned - start.earned,
      claimed: end.claimed - start.claimed,
      sharesBefore: start.shares,
      sharesAfter,
    };
  });
}

/** One asset's part of a fee, and the account's part of that. */
export interface EarnedPart {
  asset: number;
  /** The part of the fee that the asset keeps, commons included. */
  kept: bigint;
  shareholders: bigint;
  /** The account's shares in this state. */
  shares: bigint;
  due: bigint;
  /**
   * The strongest path: the releases from the paid one to the asset's release that kept the most, along the path with
   * the largest product of weights.
   */
  via: number[];
}

export interface EarningFee {
  /** The fee's row. */
  fee: number;
  payer: Address;
  /** The release that was paid. */
  release: number;
  currency: Address;
  amount: bigint;
  /** Ascending by asset. */
  parts: EarnedPart[];
}

export interface EarningFees {
  /** In the order of payment. */
  fees: EarningFee[];
  /** The `after` of the next page; undefined if this page is the last. */
  next: number | undefined;
}

export interface EarningFeesParameters extends Period {
  /** The highest number of fees. Default: 100. */
  limit?: number;
  /** The row of the last fee of the page before. */
  after?: number;
}

/**
 * Lists the fees of a period that bring something to an asset of which an account holds shares.
 *
 * I is the asset's projected income from all earlier fees, and k what it keeps of this fee, both to the base unit.
 * D(x) = ⌊x · (1e6 − c) / 1e6⌋ is the shareholders' part, and s the number of the account's shares, of 1e8:
 *
 * ```
 * due = ⌊D(I + k) · s / 1e8⌋ − ⌊D(I) · s / 1e8⌋
 * ```
 *
 * If shares have moved, this is an approximation: the account that holds shares when income is settled earns it, but s
 * is the number of shares in this state, and fees count when they are paid. If shares never moved, the amounts due from
 * all fees add up exactly to what the account has earned once every release is settled.
 */
export function* earningFees(
  state: LedgerState,
  account: Address,
  { limit = 100, after = -1, ...period }: EarningFeesParameters = {},
): Walk<EarningFees> {
  const shares = new Map<number, bigint>();
  for (const [i, asset] of (yield* assetsOfHolder(state, account)).entries()) {
    const held = sharesOf(state, account, asset);
    if (held > 0n) shares.set(asset, held);
    if (i % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
  }
  const { first, end } = feeRowsOf(state, period);
  const start = Math.max(first, after + 1);
  const listed: EarningFee[] = [];
  if (shares.size === 0 || start >= end) return { fees: listed, next: undefined };
  const currencies = [...state.currencies.keys()];
  const inflows = yield* Inflow.after(state, new Set(shares.keys()), currencies.keys(), start);
  for (let row = start; row < end && listed.length <= limit; row++) {
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const inflow = inflows[state.fees.currency.get(row)];
    if (!inflow?.concerns(row)) continue;
    const paths = new StrongestPaths(state, state.fees.release.get(row));
    const parts = inflow
      .add(row, (edge) => paths.take(edge))
      .map((part) => earnedPart(part, shares.get(part.asset) ?? 0n, state.commonsPpm, paths))
      .filter(({ due }) => due > 0n);
    const fee = state.fees.at(row);
    if (!fee || parts.length === 0) continue;
    const { payer, release, currency, amount } = fee;
    listed.push({ fee: row, payer, release, currency, amount, parts });
    yield;
  }
  const fees = listed.slice(0, limit);
  return { fees, next: listed.length > limit ? fees.at(-1)?.fee : undefined };
}

function earnedPart(part: KeptPart, shares: bigint, commonsPpm: number, paths: StrongestPaths): EarnedPart {
  const { asset, from, kept, release } = part;
  const dueOf = (income: bigint) => (portionDown(income, WHOLE_PPM - commonsPpm) * shares) / TOTAL_SHARES;
  return {
    asset,
    kept,
    shareholders: shareholdersPart(part, commonsPpm),
    shares,
    due: dueOf(from + kept) - dueOf(from),
    via: paths.to(release),
  };
}

/** The strongest path that a fee takes from the paid release to each other release. */
class StrongestPaths {
  readonly #state: LedgerState;
  /**
   * For each release that the fee reached: the product of the weights on its strongest path, and the release before it
   * on that path.
   */
  readonly #strongest: Map<number, { part: number; via: number | undefined }>;

  constructor(state: LedgerState, paid: number) {
    this.#state = state;
    this.#strongest = new Map([[paid, { part: 1, via: undefined }]]);
  }

  /**
   * Takes an edge into account. Edges must come by descending release, so that the path to the start of each is
   * complete.
   */
  take(edge: number): void {
    const { edgeFrom, edgeTo, edgeWeightPpm } = this.#state.releases;
    const [via, to] = [edgeFrom.get(edge), edgeTo.get(edge)];
    const part = (this.#strongest.get(via)?.part ?? 0) * (edgeWeightPpm.get(edge) / WHOLE_PPM);
    const strongest = this.#strongest.get(to);
    if (!strongest || part > strongest.part) this.#strongest.set(to, { part, via });
  }

  /** Returns the releases on the strongest path to a release. */
  to(release: number): number[] {
    const path: number[] = [];
    for (let at: number | undefined = release; at !== undefined; at = this.#strongest.get(at)?.via) path.push(at);
    return path.toReversed();
  }
}
