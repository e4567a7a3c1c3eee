import type { Address } from "viem";
import { portionDown } from "#protocol/split.ts";
import type { LedgerState } from "../../ledger/state.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

export interface MovedEdges {
  /** The number of all contributions. */
  edges: number;
  /** The number of contributions that have passed money on. */
  moved: number;
  /** moved / edges, from 0 to 1; undefined if there are no contributions. */
  share: number | undefined;
}

/**
 * Computes the share of contributions that have moved money so far, in one currency or in any: the edges (r, p, w) with
 * ⌊S(r) · w / 1e6⌋ > 0, divided by all edges. S(r) is what r has settled.
 */
export function* movedEdges(state: LedgerState, currency?: Address): Walk<MovedEdges> {
  const { releases } = state;
  const currencies = currency === undefined ? [...state.currencies.keys()] : [currency];
  const books = currencies.map((each) => state.booksOf(each)).filter((each) => each !== undefined);
  let moved = 0;
  for (let edge = 0; edge < releases.edgeCount; edge++) {
    if (edge % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const [from, weightPpm] = [releases.edgeFrom.get(edge) - 1, releases.edgeWeightPpm.get(edge)];
    if (books.some(({ settled }) => portionDown(settled.get(from), weightPpm) > 0n)) moved++;
  }
  const edges = releases.edgeCount;
  return { edges, moved, share: edges === 0 ? undefined : moved / edges };
}
