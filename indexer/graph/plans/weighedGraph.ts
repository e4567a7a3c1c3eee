import { TOTAL_SHARES, WHOLE_PPM } from "#protocol/limits.ts";
import { type Carriage, type CarriageGraph, NO_CLAIM } from "#protocol/settlement/carriage.ts";
import type { Books } from "../../ledger/tables/holdings.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";
import { descendants } from "../lineage/reach.ts";
import { projectBooks } from "../settled/projectedBooks.ts";
import type { Owed } from "./plan.ts";
import { claimGas, CLAIM_CHARGE, edgeGas, ITEM_BYTES, settleGas, SETTLE_CHARGE } from "./planGas.ts";

/** The releases through which money can reach an account's assets, with the gas of settling them. */
export interface WeighedGraph {
  /** Ids, descending. */
  ids: Uint32Array;
  own: Float64Array;
  /** The gas of settling each release, if all that it pays is settled, too. */
  gas: Float64Array;
  /** Returns the graph with its costs at these prices. */
  at(costs: { gas: number; byte: number }): CarriageGraph;
  /** Returns the gas of the items of a plan, without its calls. */
  gasOf(carriage: Carriage): number;
}

/** Builds the graph of the releases that have something to settle, on which the account's assets are built. */
export function* weighedGraph(owed: Owed, books: Books): Walk<WeighedGraph> {
  const { state, currency, entitlements } = owed;
  const { releases, holdings } = state;
  const projected = yield* projectBooks(state, currency);
  const claimOfAsset = new Map<number, number>();
  for (const [claim, { asset, now, afterSettling }] of entitlements.entries()) {
    if (afterSettling > now) claimOfAsset.set(asset, claim);
  }
  const among = yield* descendants(
    state,
    [...claimOfAsset.keys()].flatMap((asset) => state.assets.releasesOf(state.assets.rowOf(asset) ?? -1)),
  );
  const ids = among.filter((id) => projected.received.get(id - 1) !== books.settled.get(id - 1)).toReversed();
  const places = new Map<number, number>();
  for (const [i, id] of ids.entries()) {
    if (i % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    places.set(id, i);
  }
  const count = ids.length;
  const [own, gas] = [new Float64Array(count), new Float64Array(count)];
  const [claimOf, worth] = [new Int32Array(count).fill(NO_CLAIM), new Float64Array(count)];
  const firstEdge = new Uint32Array(count + 1);
  const [edgeTo, edgeWeight, edgesGas]: [number[], number[], number[]] = [[], [], []];
  const paidToHolders = (WHOLE_PPM - state.commonsPpm) / WHOLE_PPM;
  for (const [i, id] of ids.entries()) {
    if (i % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const row = id - 1;
    own[i] = Number(books.received.get(row) - books.settled.get(row));
    let cost = settleGas(state, books, id);
    const claim = claimOfAsset.get(releases.asset.get(row));
    const entitlement = claim === undefined ? undefined : entitlements[claim];
    if (claim !== undefined && entitlement) {
      claimOf[i] = claim;
      const part = holdings.shares.get(entitlement.holding) / Number(TOTAL_SHARES);
      worth[i] = (releases.ownWeightPpm.get(row) / WHOLE_PPM) * part * paidToHolders;
    }
    const [first, end] = releases.edgesOf(id);
    for (let edge = first; edge < end; edge++) {
      const parent = releases.edgeTo.get(edge);
      const place = places.get(parent);
      const ifNotSettled = edgeGas(books, parent);
      if (place === undefined) cost += ifNotSettled;
      else {
        edgeTo.push(place);
        edgeWeight.push(releases.edgeWeightPpm.get(edge) / WHOLE_PPM);
        edgesGas.push(ifNotSettled);
      }
    }
    gas[i] = cost;
    firstEdge[i + 1] = edgeTo.length;
  }
  const claimsGas = Float64Array.from(entitlements, ({ holding }) => claimGas(books, holding));
  const graph = { own, firstEdge, edgeTo: Uint32Array.from(edgeTo), edgeWeight: Float64Array.from(edgeWeight) };
  const due = Float64Array.from(entitlements, ({ now }) => Number(now));
  const edgeGasOf = Float64Array.from(edgesGas);
  return {
    ids,
    own,
    gas,
    at: (costs) => ({
      ...graph,
      cost: gas.map((each) => each * SETTLE_CHARGE * costs.gas + ITEM_BYTES * costs.byte),
      edgeCost: edgeGasOf.map((each) => each * SETTLE_CHARGE * costs.gas),
      claims: {
        claimOf,
        worth,
        due,
        cost: claimsGas.map((each) => each * CLAIM_CHARGE * costs.gas + ITEM_BYTES * costs.byte),
      },
    }),
    gasOf: ({ carried, claimed }) =>
      gas.reduce((sum, each, i) => sum + each * (carried[i] ?? 0), 0) +
      claimsGas.reduce((sum, each, i) => sum + each * (claimed[i] ?? 0), 0),
  };
}
