import type { Address } from "viem";
import { portionBetween, portionDown } from "#protocol/split.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import type { LedgerState } from "../../ledger/state.ts";
import type { Books } from "../../ledger/tables/holdings.ts";
import type { FeeTrace } from "./traceFee.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

export interface HopProgress {
  release: number;
  received: bigint;
  /** The part that the release has passed on. */
  settled: bigint;
}

export interface AssetProgress {
  asset: number;
  /** The part of the fee that the asset keeps. */
  kept: bigint;
  /** The part of `kept` that is settled. */
  settled: bigint;
  commons: { due: bigint; settled: bigint; swept: bigint };
  shareholders: { due: bigint; settled: bigint; claimed: bigint; claimable: bigint };
}

export interface TraceProgress {
  hops: HopProgress[];
  assets: AssetProgress[];
}

/** Returns the part of a range of a cumulative total that lies below a mark. */
export function clamp(mark: bigint, from: bigint, length: bigint): bigint {
  const below = mark - from;
  return below < 0n ? 0n : below < length ? below : length;
}

/**
 * Computes how much of a fee is settled, claimed and swept so far. Units of money cannot be told apart, so this is FIFO
 * accounting: what was paid first counts as settled first and claimed first. S is what a release has settled, I an
 * asset's settled income, D(I) = ⌊I · (1e6 − c) / 1e6⌋ the shareholders' part of it, C all that its shareholders have
 * claimed, W all that was swept for the commons, and `from` the place where the fee begins in each projected total:
 *
 * ```
 * hop:    settled = clamp(S − from, 0, received)
 * asset:  settled = clamp(I − from, 0, kept)
 *         shareholders: settled = D(from + settled) − D(from), claimed = clamp(C − D(from), 0, settled),
 *                       claimable = settled − claimed
 *         commons:      settled = ⌊(from + settled) · c⌋ − ⌊from · c⌋, swept = clamp(W − ⌊from · c⌋, 0, settled)
 * ```
 *
 * `claimable` includes fractions of a base unit that no single holder can claim yet. So after all holders have claimed,
 * less than one base unit for each account that ever held shares remains in it, in the newest fees.
 */
export function* traceProgress(state: LedgerState, trace: FeeTrace, currency: Address): Walk<TraceProgress> {
  const { assets, commonsPpm } = state;
  const books = state.booksOf(currency);
  const hops = trace.hops.map(({ release, received, from }) => ({
    release,
    received,
    settled: clamp(books?.settled.get(release - 1) ?? 0n, from, received),
  }));
  const progress: AssetProgress[] = [];
  for (const { asset, kept, from, commons, shareholders } of trace.assets) {
    const row = assets.rowOf(asset) ?? 0;
    const settled = clamp(books?.income.get(row) ?? 0n, from, kept);
    const commonsSettled = portionDown(from + settled, commonsPpm) - portionDown(from, commonsPpm);
    const swept = clamp(books?.commonsSwept.get(row) ?? 0n, portionDown(from, commonsPpm), commonsSettled);
    const earned = portionBetween(from, from + settled, WHOLE_PPM - commonsPpm);
    const allClaimed = yield* claimedOf(state, row, books);
    const claimed = clamp(allClaimed, portionDown(from, WHOLE_PPM - commonsPpm), earned);
    progress.push({
      asset,
      kept,
      settled,
      commons: { due: commons, settled: commonsSettled, swept },
      shareholders: { due: shareholders, settled: earned, claimed, claimable: earned - claimed },
    });
  }
  return { hops, assets: progress };
}

/** Sums up the claims of an asset's income. */
function* claimedOf({ holdings }: LedgerState, assetRow: number, books: Books | undefined): Walk<bigint> {
  let claimed = 0n;
  let steps = 0;
  for (const holding of holdings.ofAsset(assetRow)) {
    claimed += books?.claimed.get(holding) ?? 0n;
    if (++steps % STEPS_A_TURN === 0) yield;
  }
  return claimed;
}
