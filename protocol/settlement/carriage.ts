/**
 * Releases whose settlement is weighed, in an order in which each comes before the releases that it pays. Costs and
 * values are in the same unit.
 */
export interface CarriageGraph {
  /** The money that waits in each release. */
  own: Float64Array;
  /** The cost of settling each release, without that of the edges below. */
  cost: Float64Array;
  /** Release i has the edges from `firstEdge[i]` up to `firstEdge[i + 1]`. */
  firstEdge: Uint32Array;
  edgeTo: Uint32Array;
  /** The part of the money that goes along each edge, from 0 to 1. */
  edgeWeight: Float64Array;
  /** The further cost of an edge if the release that it pays is not settled. */
  edgeCost: Float64Array;
  /** The claims that the money ends in. Without them, all money that moves is worth itself. */
  claims?: CarriageClaims;
}

export interface CarriageClaims {
  /** The claim that gets a part of each release's money, or {@link NO_CLAIM}. */
  claimOf: Int32Array;
  /** The worth of a unit of each release's money through its own claim. */
  worth: Float64Array;
  /** The worth of each claim without settling, and its cost. */
  due: Float64Array;
  cost: Float64Array;
}

export const NO_CLAIM = -1;

export interface Carriage {
  /** 1 for each release that is worth its settlement. */
  carried: Uint8Array;
  /** 1 for each claim that is worth its cost. */
  claimed: Uint8Array;
  /** The amount that the claims bring, less their costs and the carriage. */
  net: number;
  /** The worth of a unit of each release's money if everything were carried to the claims that are made. */
  worthOfAll: Float64Array;
}

export interface CarriageOptions {
  /** A release or a claim that brings less is left out, even if it costs nothing. Default: 0. */
  least?: number;
  /** False to carry nothing: only the claims are weighed. Default: true. */
  settles?: boolean;
  /** False to leave out what one release pays another. Default: true. */
  hops?: boolean;
}

/** Releases between two yields. */
const STEPS = 2_048;

/**
 * Chooses the releases that are worth settling, and the claims that are worth making.
 *
 * The *price of carriage* k of a release is its cost over the worth of the money through it, plus its payers' k, each by
 * the part of the money that came from it. This function keeps s = money · (1 − k) instead, what is left of the money
 * once the carriage is paid:
 *
 *     s(r) = own(r) + Σ weight · s(payer) − cost(r) / worth of a unit at r          over the payers that are carried
 *
 * A release with s ≤ 0 (k ≥ 1) is left out. Worth is then reckoned again without it, until nothing more is left out.
 * The result is the greatest fixed point of a function that only grows with money, worth and payers, and the worth of
 * the plan, Σ over claims of (due + what arrives − cost), grows with it. So whatever others add to the graph, the plan is
 * never worth less.
 */
export function* carriage(graph: CarriageGraph, options: CarriageOptions = {}): Generator<void, Carriage> {
  const { claims } = graph;
  const { least = 0, settles = true, hops = true } = options;
  const count = graph.own.length;
  const reckoning: Reckoning = {
    graph,
    least,
    hops,
    carried: new Uint8Array(count).fill(settles ? 1 : 0),
    claimed: new Uint8Array(claims?.due.length ?? 0).fill(1),
    worth: new Float64Array(count).fill(claims ? 0 : 1),
    money: new Float64Array(count),
    left: new Float64Array(count),
    arrived: new Float64Array(claims?.due.length ?? 0),
    changed: false,
  };
  const { carried, claimed, money, left, arrived } = reckoning;
  do {
    reckoning.changed = false;
    yield* reckonAllWorth(reckoning);
    money.set(graph.own);
    left.set(graph.own);
    if (claims) arrived.set(claims.due);
    for (let from = 0; from < count; from += STEPS) {
      reckonCarriage(reckoning, from, Math.min(count, from + STEPS));
      yield;
    }
    for (let claim = 0; claim < claimed.length; claim++) {
      if (claimed[claim] === 0 || isEnough((arrived[claim] ?? 0) - (claims?.cost[claim] ?? 0), arrived[claim], least)) {
        continue;
      }
      claimed[claim] = 0;
      reckoning.changed = true;
    }
  } while (reckoning.changed);
  const net = claimed.reduce(
    (sum, isMade, claim) => (isMade === 1 ? sum + (arrived[claim] ?? 0) - (claims?.cost[claim] ?? 0) : sum),
    0,
  );
  const worthOfAll = new Float64Array(count).fill(claims ? 0 : 1);
  yield* reckonAllWorth({ ...reckoning, carried: new Uint8Array(count).fill(1), worth: worthOfAll });
  return { carried, claimed, net, worthOfAll };
}

function* reckonAllWorth(reckoning: Reckoning): Generator<void> {
  const { graph, worth } = reckoning;
  for (let end = worth.length; graph.claims && end > 0; end -= STEPS) {
    reckonWorth(reckoning, graph.claims, Math.max(0, end - STEPS), end);
    yield;
  }
}

interface Reckoning {
  graph: CarriageGraph;
  least: number;
  hops: boolean;
  carried: Uint8Array;
  claimed: Uint8Array;
  /** The worth of a unit of each release's money, through everything that is carried. */
  worth: Float64Array;
  /** The money through each release. */
  money: Float64Array;
  /** The rest of each release's money once its carriage is paid, and the worth that arrives at each claim, so paid. */
  left: Float64Array;
  arrived: Float64Array;
  changed: boolean;
}

const isEnough = (left: number, gross: number | undefined, least: number) => left > 0 && (gross ?? 0) >= least;

// These two are plain functions, because they are the innermost loops.

/** Reckons the worth of a unit of money, from the releases that pay no other one upwards. */
function reckonWorth(
  { graph, hops, carried, claimed, worth }: Reckoning,
  claims: CarriageClaims,
  from: number,
  end: number,
): void {
  const { firstEdge, edgeTo, edgeWeight } = graph;
  for (let release = end - 1; release >= from; release--) {
    const claim = claims.claimOf[release] ?? NO_CLAIM;
    let sum = claim !== NO_CLAIM && claimed[claim] === 1 ? (claims.worth[release] ?? 0) : 0;
    const last = hops ? (firstEdge[release + 1] ?? 0) : 0;
    for (let edge = firstEdge[release] ?? 0; edge < last; edge++) {
      const to = edgeTo[edge] ?? 0;
      if (carried[to] === 1) sum += (edgeWeight[edge] ?? 0) * (worth[to] ?? 0);
    }
    worth[release] = sum;
  }
}

/** Reckons what is left of the money at each release, payers first, and leaves out what is not worth its carriage. */
function reckonCarriage(reckoning: Reckoning, from: number, end: number): void {
  const { graph, hops, least, carried, worth, money, left, arrived } = reckoning;
  const { firstEdge, edgeTo, edgeWeight, edgeCost, claims } = graph;
  for (let release = from; release < end; release++) {
    if (carried[release] === 0) continue;
    const [first, last, unit] = [firstEdge[release] ?? 0, firstEdge[release + 1] ?? 0, worth[release] ?? 0];
    let cost = graph.cost[release] ?? 0;
    for (let edge = first; edge < last; edge++) {
      if (!hops || carried[edgeTo[edge] ?? 0] === 0) cost += edgeCost[edge] ?? 0;
    }
    const through = money[release] ?? 0;
    const rest = unit > 0 ? (left[release] ?? 0) - cost / unit : 0;
    if (!isEnough(rest, through * unit, least)) {
      carried[release] = 0;
      reckoning.changed = true;
      continue;
    }
    left[release] = rest;
    const paid = hops ? last : first;
    for (let edge = first; edge < paid; edge++) {
      const [to, weight] = [edgeTo[edge] ?? 0, edgeWeight[edge] ?? 0];
      if (carried[to] === 0) continue;
      money[to] = (money[to] ?? 0) + weight * through;
      left[to] = (left[to] ?? 0) + weight * rest;
    }
    const claim = claims?.claimOf[release] ?? NO_CLAIM;
    if (claim !== NO_CLAIM) arrived[claim] = (arrived[claim] ?? 0) + (claims?.worth[release] ?? 0) * rest;
  }
}
