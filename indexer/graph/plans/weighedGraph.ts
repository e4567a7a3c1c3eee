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
  ids: readonly number[];
  own: Float64Array;
  /** The gas of settling each release, if all that it pays is settled, too. */
  gas: Float64Array;
  /** The edges between these releases: those of the i-th are from `firstEdge[i]` up to `firstEdge[i + 1]`, by place. */
  firstEdge: Uint32Array;
  edgeTo: Uint32Array;
  /**
   * Returns the graph with its costs at these prices.
   *
   * @param more The further gas of each release.
   */
  at(costs: { gas: number; byte: number }, more?: Float64Array): Walk<CarriageGraph>;
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
  const ids: number[] = [];
  const places = new Map<number, number>();
  for (let i = among.length - 1; i >= 0; i--) {
    if (i % STEPS_A_TURN === 0) yield;
    const id = among[i] ?? 0;
    if (projected.received.get(id - 1) !== books.settled.get(id - 1)) places.set(id, ids.push(id) - 1);
  }
  const count = ids.length;
  const [own, gas] = [new Float64Array(count), new Float64Array(count)];
  const [claimOf, worth] = [new Int32Array(count).fill(NO_CLAIM), new Float64Array(count)];
  const keptWorth = new Float64Array(count);
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
      keptWorth[i] = part * paidToHolders;
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
    firstEdge,
    edgeTo: graph.edgeTo,
    *at({ gas: price, byte }, more) {
      const cost = yield* costsOf(
        more ? gas.map((each, i) => each + (more[i] ?? 0)) : gas,
        SETTLE_CHARGE * price,
        ITEM_BYTES * byte,
      );
      const edgeCost = yield* costsOf(edgeGasOf, SETTLE_CHARGE * price, 0);
      const claimCost = yield* costsOf(claimsGas, CLAIM_CHARGE * price, ITEM_BYTES * byte);
      return { ...graph, cost, edgeCost, claims: { claimOf, worth, keptWorth, due, cost: claimCost } };
    },
    gasOf: ({ carried, claimed }) => sumWhere(gas, carried) + sumWhere(claimsGas, claimed),
  };
}

const COSTS_A_TURN = 16_384;

function* costsOf(gas: Float64Array, price: number, each: number, more?: Float64Array): Walk<Float64Array> {
  const costs = new Float64Array(gas.length);
  for (let i = 0; i < gas.length; i++) {
    if (i % COSTS_A_TURN === COSTS_A_TURN - 1) yield;
    costs[i] = ((gas[i] ?? 0) + (more?.[i] ?? 0)) * price + each;
  }
  return costs;
}

function sumWhere(values: Float64Array, chosen: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) if (chosen[i] === 1) sum += values[i] ?? 0;
  return sum;
}
