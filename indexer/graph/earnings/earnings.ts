import type { Address } from "viem";
import { portionDown } from "#protocol/split.ts";
import { TOTAL_SHARES, WHOLE_PPM } from "#protocol/limits.ts";
import { type LedgerState, sharesOf } from "../../ledger/state.ts";
import { assetsOfHolder } from "./assetsOfHolder.ts";
import { Inflow, type KeptPart, shareholdersPart } from "../fees/inflow.ts";
import { feeRowsOf, type Period } from "../period.ts";
import type { EarnedSoFar } from "./statement.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

/** The earnings of an account with one asset in one currency between two blocks, in base units. */
export interface EarnedLine extends Omit<EarnedSoFar, "shares"> {
  sharesBefore: bigint;
  sharesAfter: bigint;
}

/** Computes an account's earnings between two blocks: what was settled in between while it held the shares. */
export function earningsBetween(before: readonly EarnedSoFar[], after: readonly EarnedSoFar[]): EarnedLine[] {
  const key = ({ asset, currency }: EarnedSoFar) => `${asset} ${currency}`;
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
  /** Kept by the asset: the commons' part and the shareholders'. */
  kept: bigint;
  shareholders: bigint;
  /** The account's shares in the state that was asked. */
  shares: bigint;
  due: bigint;
  /**
   * The releases from the paid one to the asset's release that kept the most: of the ways that the fee took, the one with
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
  /** The `after` of the next page; undefined if this is the last. */
  next: number | undefined;
}

export interface EarningFeesParameters extends Period {
  /** Fees a page. Default: 100. */
  limit?: number;
  /** The row of the last fee of the page before. */
  after?: number;
}

/**
 * Lists the fees of a period that bring something to an asset which an account holds shares of: from whom and why it earns.
 *
 * With I the asset's projected income of all earlier fees and k what it keeps of this one, both to the unit, D(x) = ⌊x · (1e6 − c) / 1e6⌋ the shareholders' part and s the account's shares of 1e8:
 *
 * ```
 * due = ⌊D(I + k) · s / 1e8⌋ − ⌊D(I) · s / 1e8⌋
 * ```
 *
 * A proxy where shares moved: whoever holds shares when income is settled earns it, but s is what the account holds in
 * this state, and fees are counted when they are paid. For shares that never moved, what is due of all fees adds up to
 * exactly what the account has earned once everything is settled.
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
  const found: EarningFee[] = [];
  if (shares.size === 0 || start >= end) return { fees: found, next: undefined };
  const currencies = [...state.currencies.keys()];
  const inflows = yield* Inflow.after(state, new Set(shares.keys()), currencies.keys(), start);
  for (let row = start; row < end && found.length <= limit; row++) {
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const inflow = inflows[state.fees.currency.get(row)];
    if (!inflow?.concerns(row)) continue;
    const ways = new Ways(state, state.fees.release.get(row));
    const parts = inflow
      .add(row, (edge) => ways.take(edge))
      .map((part) => earnedPart(part, shares.get(part.asset) ?? 0n, state.commonsPpm, ways))
      .filter(({ due }) => due > 0n);
    const fee = state.fees.at(row);
    if (!fee || parts.length === 0) continue;
    const { payer, release, currency, amount } = fee;
    found.push({ fee: row, payer, release, currency, amount, parts });
    yield;
  }
  const fees = found.slice(0, limit);
  return { fees, next: found.length > limit ? fees.at(-1)?.fee : undefined };
}

function earnedPart(part: KeptPart, shares: bigint, commonsPpm: number, ways: Ways): EarnedPart {
  const { asset, from, kept, release } = part;
  const dueOf = (income: bigint) => (portionDown(income, WHOLE_PPM - commonsPpm) * shares) / TOTAL_SHARES;
  return {
    asset,
    kept,
    shareholders: shareholdersPart(part, commonsPpm),
    shares,
    due: dueOf(from + kept) - dueOf(from),
    via: ways.to(release),
  };
}

/** The strongest of the ways that a fee takes from the paid release. */
class Ways {
  readonly #state: LedgerState;
  /** The product of the weights on the strongest way to a release that the fee reached, and the release before it. */
  readonly #strongest: Map<number, { part: number; via: number | undefined }>;

  constructor(state: LedgerState, paid: number) {
    this.#state = state;
    this.#strongest = new Map([[paid, { part: 1, via: undefined }]]);
  }

  /** Takes an edge into account. Edges come by descending release: the way to the start of each is known by then. */
  take(edge: number): void {
    const { edgeFrom, edgeTo, edgeWeightPpm } = this.#state.releases;
    const [via, to] = [edgeFrom.get(edge), edgeTo.get(edge)];
    const part = (this.#strongest.get(via)?.part ?? 0) * (edgeWeightPpm.get(edge) / WHOLE_PPM);
    const known = this.#strongest.get(to);
    if (!known || part > known.part) this.#strongest.set(to, { part, via });
  }

  to(release: number): number[] {
    const way: number[] = [];
    for (let at: number | undefined = release; at !== undefined; at = this.#strongest.get(at)?.via) way.push(at);
    return way.toReversed();
  }
}
