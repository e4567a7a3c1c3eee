import { portionBetween } from "#protocol/split.ts";
import type { LedgerState } from "../../ledger/state.ts";
import type { Books } from "../../ledger/tables/holdings.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

/** The releases that a plan settles, and what that moves. */
export interface PlannedSettlement {
  /** The argument of `settle`: descending, so that one pass brings all money to the account's assets. */
  releases: number[];
  /** The moves of each release: whether it keeps something for its asset, and the edges, by row, along which it pays. */
  moves: ReadonlyMap<number, SettlementMoves>;
}

export interface SettlementMoves {
  keeps: boolean;
  paid: readonly number[];
}

/** Computes what settling these releases would move, to the unit, and the income that assets would then have. */
export function* settlementOf(
  state: LedgerState,
  books: Books,
  releases: readonly number[],
): Walk<PlannedSettlement & { incomeOf(assetRow: number): bigint }> {
  const table = state.releases;
  const arriving = new Map<number, bigint>();
  const kept = new Map<number, bigint>();
  const moves = new Map<number, SettlementMoves>();
  for (const [i, release] of releases.entries()) {
    if (i % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const row = release - 1;
    const from = books.settled.get(row);
    const to = books.received.get(row) + (arriving.get(release) ?? 0n);
    if (to === from) continue;
    const own = portionBetween(from, to, table.ownWeightPpm.get(row));
    if (own > 0n) {
      const asset = state.assets.rowOfRelease(table, row);
      kept.set(asset, (kept.get(asset) ?? 0n) + own);
    }
    const paid: number[] = [];
    const [first, end] = table.edgesOf(release);
    for (let edge = first; edge < end; edge++) {
      const passed = portionBetween(from, to, table.edgeWeightPpm.get(edge));
      if (passed === 0n) continue;
      paid.push(edge);
      const parent = table.edgeTo.get(edge);
      arriving.set(parent, (arriving.get(parent) ?? 0n) + passed);
    }
    moves.set(release, { keeps: own > 0n, paid });
  }
  return {
    releases: [...moves.keys()],
    moves,
    incomeOf: (assetRow) => books.income.get(assetRow) + (kept.get(assetRow) ?? 0n),
  };
}
