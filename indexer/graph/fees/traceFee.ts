import { readProjectedBooksAfter } from "../settled/projectedBooks.ts";
import { passFee } from "../settled/passFee.ts";
import { portionBetween } from "#protocol/split.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import type { LedgerState } from "../../ledger/state.ts";
import type { Fee } from "../../ledger/records.ts";
import { finish, type Walk } from "../../scheduling/walk.ts";

/**
 * One release's part of a fee, in base units: received = kept + Σ {@link amountsPassedOn} + a fraction that nobody gets
 * yet.
 */
export interface TraceHop {
  release: number;
  asset: number;
  received: bigint;
  /** The amount that the release receives from all earlier fees, as projected. The part of this fee begins there. */
  from: bigint;
  /** The amount that the release keeps for its own asset: the commons' part plus the shareholders' part. */
  kept: bigint;
}

/** An amount that a release passes on to one of its contributions. */
export interface PassedAmount {
  /** The id of the earlier release. */
  to: number;
  amount: bigint;
}

export interface TracedAsset {
  asset: number;
  kept: bigint;
  /** The asset's projected income from all earlier fees. */
  from: bigint;
  commons: bigint;
  shareholders: bigint;
}

export interface FeeTrace {
  /** The releases from the paid one to the oldest ancestor, by descending id. */
  hops: TraceHop[];
  /** The assets that keep a part, the largest part first. */
  assets: TracedAsset[];
  /** The amount that this fee adds to fractions of a base unit, which later fees complete. Can be negative. */
  pending: bigint;
}

/**
 * Traces one fee, hop by hop, to the base unit: what everyone is due from all fees up to this one, less what everyone
 * is due from the fees before it, as if every release were settled. The traces of all fees add up exactly to the
 * ledger's totals, in whatever order releases are settled.
 */
export const traceFee = (
  state: LedgerState,
  fee: Pick<Fee, "row" | "release" | "currency" | "amount">,
): Walk<FeeTrace> =>
  readProjectedBooksAfter(state, fee.currency, fee.row, function* (before) {
    const { releases, assets } = state;
    const hops: TraceHop[] = [];
    const kept = new Map<number, bigint>();
    yield* passFee(state, fee.release, fee.amount, (row, received) => {
      const from = before.received.get(row);
      const keeps = portionBetween(from, from + received, releases.ownWeightPpm.get(row));
      if (keeps > 0n) {
        const asset = assets.rowOfRelease(releases, row);
        kept.set(asset, (kept.get(asset) ?? 0n) + keeps);
      }
      hops.push({ release: row + 1, asset: releases.asset.get(row), received, from, kept: keeps });
      return from;
    });
    return { hops, ...assetsOf(state, before.income, fee.amount, kept) };
  });

/** Lists the amounts of a fee that a release passes on, without zeros. */
export function amountsPassedOn({ releases }: LedgerState, { release, received, from }: TraceHop): PassedAmount[] {
  return [...releases.edgeRowsOf(release)]
    .map((edge) => ({
      to: releases.edgeTo.get(edge),
      amount: portionBetween(from, from + received, releases.edgeWeightPpm.get(edge)),
    }))
    .filter(({ amount }) => amount > 0n);
}

function assetsOf(
  { assets, commonsPpm }: LedgerState,
  before: { get: (row: number) => bigint },
  amount: bigint,
  kept: ReadonlyMap<number, bigint>,
) {
  let pending = amount;
  const traced: TracedAsset[] = [];
  for (const [row, gained] of kept) {
    const from = before.get(row);
    const commons = portionBetween(from, from + gained, commonsPpm);
    const shareholders = portionBetween(from, from + gained, WHOLE_PPM - commonsPpm);
    traced.push({ asset: assets.id.get(row), kept: gained, from, commons, shareholders });
    pending -= gained;
  }
  traced.sort((a, b) => (b.kept > a.kept ? 1 : b.kept < a.kept ? -1 : a.asset - b.asset));
  return { assets: traced, pending };
}

/** Yields the fees of one currency in the order of payment, each with its trace. */
export function* traceAllFees(state: LedgerState, currency: string): Generator<{ fee: Fee; trace: FeeTrace }> {
  for (const fee of state.fees) {
    if (fee.currency === currency) yield { fee, trace: finish(traceFee(state, fee)) };
  }
}
