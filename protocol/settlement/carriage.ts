import { Marks } from "./marks.ts";

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
  /** The worth of a unit of the income that each release keeps: at most one unit of it is lost to rounding. */
  keptWorth: Float64Array;
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

/** Edges and releases between two yields. */
const STEPS = 4_096;
/**
 * The most steps, for each release and edge. Real graphs take some ten. Strangers can publish one in which each release
 * that is left out changes what all others are worth; then nothing is carried.
 */
const MOST_STEPS = 300;

/**
 * Chooses the releases that are worth settling, and the claims that are worth making.
 *
 * The *price of carriage* k of a release is its cost over the worth of the money through it, plus its payers' k, each by
 * the part of the money that came from it. This function keeps s = money · (1 − k) instead, what is left of the money
 * once the carriage is paid:
 *
 *     s(r) = own(r) + Σ weight · s(payer) − (cost(r) + lost(r)) / worth of a unit at r   over the payers that are carried
 *
 * A release with s ≤ 0 (k ≥ 1) is left out. What depends on it is then reckoned again, until nothing more is left out.
 * The result is the greatest fixed point of a function that only grows with money, worth and payers, and the worth of
 * the plan, Σ over claims of (due + what arrives − cost), grows with it. So whatever others add to the graph, the plan is
 * never worth less. Each edge, and each release for its asset, is
 * taken to lose a unit to rounding: `lost`.
 */
export function* carriage(graph: CarriageGraph, options: CarriageOptions = {}): Generator<void, Carriage> {
  const { claims } = graph;
  const reckoning = new Reckoning(graph, options, yield* linksOf(graph));
  let found = true;
  for (let steps = 0; reckoning.reckon();) {
    steps += STEPS;
    yield;
    if (steps <= MOST_STEPS * (graph.own.length + graph.edgeTo.length + STEPS)) continue;
    found = false;
    break;
  }
  if (!found) return yield* carriage(graph, { ...options, settles: false });
  const { carried, claimed, arrived } = reckoning;
  const net = claimed.reduce(
    (sum, isMade, claim) => (isMade === 1 ? sum + (arrived[claim] ?? 0) - (claims?.cost[claim] ?? 0) : sum),
    0,
  );
  return { carried, claimed, net, worthOfAll: yield* worthOfAll(graph, reckoning) };
}

/** Reckons the worth of a unit of money in each release, from those that pay no other one upwards. */
function* worthOfAll(graph: CarriageGraph, { claimed, hops }: Reckoning): Generator<void, Float64Array> {
  const { claims, firstEdge, edgeTo, edgeWeight } = graph;
  const worth = new Float64Array(graph.own.length).fill(claims ? 0 : 1);
  let steps = 0;
  if (!claims) return worth;
  for (let release = worth.length - 1; release >= 0; release--) {
    const claim = claims.claimOf[release] ?? NO_CLAIM;
    let sum = claim !== NO_CLAIM && claimed[claim] === 1 ? (claims.worth[release] ?? 0) : 0;
    const last = hops ? (firstEdge[release + 1] ?? 0) : 0;
    for (let edge = firstEdge[release] ?? 0; edge < last; edge++) {
      sum += (edgeWeight[edge] ?? 0) * (worth[edgeTo[edge] ?? 0] ?? 0);
      steps++;
    }
    worth[release] = sum;
    if (++steps < STEPS) continue;
    steps = 0;
    yield;
  }
  return worth;
}

const ITEMS_A_STEP = 16_384;

/** Lists of numbers: those of `i` are from `first[i]` up to `first[i + 1]`. */
interface Lists {
  first: Uint32Array;
  items: Uint32Array;
}

/** Sorts the numbers below `of.length` by what each has in `of`. Leaves out those that have {@link NO_CLAIM}. */
function* listsBy(of: Uint32Array | Int32Array, count: number): Generator<void, Lists> {
  const first = new Uint32Array(count + 1);
  for (let i = 0; i < of.length; i++) {
    if (i % ITEMS_A_STEP === ITEMS_A_STEP - 1) yield;
    const key = of[i] ?? NO_CLAIM;
    if (key !== NO_CLAIM) first[key + 1] = (first[key + 1] ?? 0) + 1;
  }
  for (let i = 0; i < count; i++) first[i + 1] = (first[i + 1] ?? 0) + (first[i] ?? 0);
  const items = new Uint32Array(first[count] ?? 0);
  const next = first.slice();
  for (let i = 0; i < of.length; i++) {
    if (i % ITEMS_A_STEP === ITEMS_A_STEP - 1) yield;
    const key = of[i] ?? NO_CLAIM;
    if (key === NO_CLAIM) continue;
    items[next[key] ?? 0] = i;
    next[key] = (next[key] ?? 0) + 1;
  }
  return { first, items };
}

interface Links {
  edgeFrom: Uint32Array;
  /** The edges to each release. */
  payers: Lists;
  /** The releases of each claim. */
  claimants: Lists;
}

/** Graphs that differ in their costs only share these. */
const known = new WeakMap<Uint32Array, Links>();

function* linksOf({ firstEdge, edgeTo, claims }: CarriageGraph): Generator<void, Links> {
  const found = known.get(edgeTo);
  if (found) return found;
  const count = firstEdge.length - 1;
  const edgeFrom = new Uint32Array(edgeTo.length);
  for (let i = 0; i < count; i++) {
    if (i % ITEMS_A_STEP === ITEMS_A_STEP - 1) yield;
    edgeFrom.fill(i, firstEdge[i], firstEdge[i + 1]);
  }
  const payers = yield* listsBy(edgeTo, count);
  const claimants = yield* listsBy(claims?.claimOf ?? new Int32Array(0), claims?.due.length ?? 0);
  const links = { edgeFrom, payers, claimants };
  known.set(edgeTo, links);
  return links;
}

const isEnough = (left: number, gross: number | undefined, least: number) => left > 0 && (gross ?? 0) >= least;

/** The state of {@link carriage}, with marks on all that must be reckoned again. */
class Reckoning {
  readonly graph: CarriageGraph;
  readonly least: number;
  readonly hops: boolean;
  readonly carried: Uint8Array;
  readonly claimed: Uint8Array;
  /** The worth of a unit of each release's money, through everything that is carried. */
  readonly worth: Float64Array;
  /** The money through each release, and what is left of it once its carriage is paid. */
  readonly money: Float64Array;
  readonly left: Float64Array;
  /** The worth that each release brings to its claim, and that arrives at each claim; carriage paid. */
  readonly brought: Float64Array;
  readonly arrived: Float64Array;
  /** The money, and what is left of it, along each edge, and what all edges bring to each release. */
  readonly #paid: Float64Array;
  readonly #left: Float64Array;
  readonly #paidIn: Float64Array;
  readonly #leftIn: Float64Array;
  readonly #edgeFrom: Uint32Array;
  readonly #payers: Lists;
  readonly #claimants: Lists;
  readonly #worthMarks: Marks;
  readonly #moneyMarks: Marks;
  readonly #claimMarks: Marks;
  #phase: "worth" | "money" | "claims" = "worth";
  #at: number;

  constructor(graph: CarriageGraph, { least = 0, settles = true, hops = true }: CarriageOptions, links: Links) {
    const { claims } = graph;
    const count = graph.own.length;
    const claimCount = claims?.due.length ?? 0;
    this.graph = graph;
    this.least = least;
    this.hops = hops;
    this.carried = new Uint8Array(count).fill(settles ? 1 : 0);
    this.claimed = new Uint8Array(claimCount).fill(1);
    this.worth = new Float64Array(count).fill(claims ? 0 : 1);
    this.money = new Float64Array(count);
    this.left = new Float64Array(count);
    this.brought = new Float64Array(count);
    this.arrived = claims ? claims.due.slice() : new Float64Array(0);
    this.#paid = new Float64Array(graph.edgeTo.length);
    this.#left = new Float64Array(graph.edgeTo.length);
    this.#paidIn = new Float64Array(count);
    this.#leftIn = new Float64Array(count);
    this.#edgeFrom = links.edgeFrom;
    this.#payers = links.payers;
    this.#claimants = links.claimants;
    this.#worthMarks = new Marks(count);
    this.#moneyMarks = new Marks(count);
    this.#claimMarks = new Marks(claimCount);
    if (settles) {
      if (claims) this.#worthMarks.addAll();
      this.#moneyMarks.addAll();
    }
    this.#claimMarks.addAll();
    this.#at = count - 1;
  }

  /** Takes some steps. Returns false if there is nothing left to do. */
  reckon(): boolean {
    for (let steps = 0; steps < STEPS;) {
      if (this.#phase === "worth") {
        const release = this.#worthMarks.takeDown(this.#at);
        this.#at = release - 1;
        if (release >= 0) steps += this.#reckonWorth(release);
        else [this.#phase, this.#at] = ["money", 0];
      } else if (this.#phase === "money") {
        const release = this.#moneyMarks.takeUp(this.#at);
        this.#at = release + 1;
        if (release >= 0) steps += this.#reckonMoney(release);
        else [this.#phase, this.#at] = ["claims", 0];
      } else {
        const claim = this.#claimMarks.takeUp(this.#at);
        this.#at = claim + 1;
        if (claim >= 0) steps += this.#reckonClaim(claim);
        else if (this.#worthMarks.isEmpty && this.#moneyMarks.isEmpty) return false;
        else [this.#phase, this.#at] = ["worth", this.carried.length - 1];
      }
      steps++;
    }
    return true;
  }

  #reckonWorth(release: number): number {
    const { firstEdge, edgeTo, edgeWeight, claims } = this.graph;
    const { carried, worth } = this;
    if (carried[release] === 0 || !claims) return 0;
    const claim = claims.claimOf[release] ?? NO_CLAIM;
    let sum = claim !== NO_CLAIM && this.claimed[claim] === 1 ? (claims.worth[release] ?? 0) : 0;
    const first = firstEdge[release] ?? 0;
    const last = this.hops ? (firstEdge[release + 1] ?? 0) : first;
    for (let edge = first; edge < last; edge++) {
      const to = edgeTo[edge] ?? 0;
      if (carried[to] === 1) sum += (edgeWeight[edge] ?? 0) * (worth[to] ?? 0);
    }
    if (sum === worth[release]) return last - first;
    worth[release] = sum;
    this.#moneyMarks.add(release);
    return last - first + (this.hops ? this.#markPayers(release, false) : 0);
  }

  /** Reckons what is left of the money at a release, and leaves it out if that is nothing. */
  #reckonMoney(release: number): number {
    const { graph, hops, carried, money, left } = this;
    const { firstEdge, edgeTo, edgeWeight, edgeCost, claims } = graph;
    if (carried[release] === 0) return 0;
    const through = (graph.own[release] ?? 0) + (this.#paidIn[release] ?? 0);
    const [first, last] = [firstEdge[release] ?? 0, firstEdge[release + 1] ?? 0];
    let cost = graph.cost[release] ?? 0;
    let lost = claims ? Math.min((claims.worth[release] ?? 0) * through, claims.keptWorth[release] ?? 0) : 0;
    for (let edge = first; edge < last; edge++) {
      const to = edgeTo[edge] ?? 0;
      if (!hops || carried[to] === 0) cost += edgeCost[edge] ?? 0;
      else lost += Math.min((edgeWeight[edge] ?? 0) * through, 1) * (this.worth[to] ?? 0);
    }
    const unit = this.worth[release] ?? 0;
    const rest = unit > 0 ? (graph.own[release] ?? 0) + (this.#leftIn[release] ?? 0) - (cost + lost) / unit : 0;
    if (!isEnough(rest, through * unit - lost, this.least)) {
      carried[release] = 0;
      this.#bring(release, 0);
      if (hops) this.#pay(release, 0, 0);
      return 2 * (last - first) + this.#markPayers(release, true);
    }
    if (through === money[release] && rest === left[release]) return last - first;
    [money[release], left[release]] = [through, rest];
    this.#bring(release, (claims?.worth[release] ?? 0) * rest);
    if (hops) this.#pay(release, through, rest);
    return 2 * (last - first);
  }

  /** Passes a release's money on. What it passed on before is taken back: a release may have very many payers. */
  #pay(release: number, through: number, rest: number): void {
    const { firstEdge, edgeTo, edgeWeight } = this.graph;
    const [paid, left, paidIn, leftIn] = [this.#paid, this.#left, this.#paidIn, this.#leftIn];
    const end = firstEdge[release + 1] ?? 0;
    for (let edge = firstEdge[release] ?? 0; edge < end; edge++) {
      const to = edgeTo[edge] ?? 0;
      if (this.carried[to] === 0) continue;
      const amount = Math.max(0, (edgeWeight[edge] ?? 0) * through - 1);
      const ofRest = (edgeWeight[edge] ?? 0) * rest;
      const [before, restBefore] = [paid[edge] ?? 0, left[edge] ?? 0];
      if (amount === before && ofRest === restBefore) continue;
      [paid[edge], left[edge]] = [amount, ofRest];
      paidIn[to] = (paidIn[to] ?? 0) + amount - before;
      leftIn[to] = (leftIn[to] ?? 0) + ofRest - restBefore;
      this.#moneyMarks.add(to);
    }
  }

  #reckonClaim(claim: number): number {
    const { arrived, claimed } = this;
    const cost = this.graph.claims?.cost[claim] ?? 0;
    if (claimed[claim] === 0 || isEnough((arrived[claim] ?? 0) - cost, arrived[claim], this.least)) return 0;
    claimed[claim] = 0;
    const { first, items } = this.#claimants;
    const [from, end] = [first[claim] ?? 0, first[claim + 1] ?? 0];
    for (let i = from; i < end; i++) this.#worthMarks.add(items[i] ?? 0);
    return end - from;
  }

  /** Sets the worth that a release brings to its claim. */
  #bring(release: number, worth: number): void {
    const claim = this.graph.claims?.claimOf[release] ?? NO_CLAIM;
    if (claim === NO_CLAIM) return;
    this.arrived[claim] = (this.arrived[claim] ?? 0) + worth - (this.brought[release] ?? 0);
    this.brought[release] = worth;
    this.#claimMarks.add(claim);
  }

  /** @param isLeftOut True if the payers' own cost changes, too. */
  #markPayers(release: number, isLeftOut: boolean): number {
    const { first, items } = this.#payers;
    const [from, end] = [first[release] ?? 0, first[release + 1] ?? 0];
    for (let i = from; i < end; i++) {
      const payer = this.#edgeFrom[items[i] ?? 0] ?? 0;
      if (this.carried[payer] === 0) continue;
      this.#worthMarks.add(payer);
      if (isLeftOut) this.#moneyMarks.add(payer);
    }
    return end - from;
  }
}
