import { carriage, NO_CLAIM } from "#protocol/settlement/carriage.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import { portionBetween } from "#protocol/split.ts";
import type { Contribution } from "../parsing/contributions.ts";

/** Money that a release received and settled, in base units. */
export interface Flow {
  received: bigint;
  settled: bigint;
}

/** The weights by which a release's money is divided. */
export interface Node {
  ownWeight: number;
  contributions: readonly Contribution[];
}

/** A release that would pass money on when settled. */
export interface DueRelease {
  release: number;
  amount: bigint;
  /** Estimate of the gas that it adds to a transaction. */
  gas: bigint;
}

export interface Graph {
  nodes: ReadonlyMap<number, Node>;
  flows: ReadonlyMap<number, Flow>;
}

/** A transaction that would take more gas is split. This is far below the limit of a transaction. */
export const MAX_GAS = 8_000_000n;
/** Gas of the transaction itself, and of the ledger's work beside the releases. */
export const BASE_GAS = 30_000n;

// Per release: its word, its flow and its income (new storage slots or not), and one word of calldata and of the log.
const RELEASE_GAS = 11_000n;
const NEW_SLOT_GAS = 17_100n;
const EDGE_GAS = 5_600n;
/** Gas of an edge to a release that received money earlier in the same transaction. */
const WARM_EDGE_GAS = 800n;

/**
 * Computes the amount that each release would pass on if all were settled by descending id, so that each is settled before
 * its ancestors. A release outside the graph receives money, but passes none on.
 *
 * @param isWorth Returns true for a release to settle. A release that is left out passes nothing on.
 */
export function computeDue({ nodes, flows }: Graph, isWorth: (due: DueRelease) => boolean = () => true): DueRelease[] {
  const arriving = new Map<number, bigint>();
  const dues: DueRelease[] = [];
  for (const release of [...nodes.keys()].sort((a, b) => b - a)) {
    const node = nodes.get(release);
    const flow = flows.get(release);
    if (!node || !flow) continue;
    const received = flow.received + (arriving.get(release) ?? 0n);
    const amount = received - flow.settled;
    if (amount === 0n) continue;
    const passed = node.contributions
      .map(({ release: to, weight }) => ({ to, amount: portionBetween(flow.settled, received, weight) }))
      .filter((each) => each.amount > 0n);
    let gas = RELEASE_GAS + (flow.settled === 0n ? NEW_SLOT_GAS : 0n);
    for (const { to } of passed) {
      if (arriving.has(to)) gas += WARM_EDGE_GAS;
      else gas += EDGE_GAS + (flows.get(to)?.received === 0n ? NEW_SLOT_GAS : 0n);
    }
    const due = { release, amount, gas };
    if (!isWorth(due)) continue;
    dues.push(due);
    for (const each of passed) arriving.set(each.to, (arriving.get(each.to) ?? 0n) + each.amount);
  }
  return dues;
}

/**
 * Computes the releases that are worth settling, by the price of carriage of their money: what arrives at assets as
 * income must be worth the gas of the whole way there. A hop by itself proves nothing: strangers can publish chains of
 * any length, and pay the cost of one hop at the top. See {@link carriage}.
 *
 * @param costOf The cost of an amount of gas for one release, in base units of the currency.
 */
export function computeWorthwhile(graph: Graph, costOf: (gas: bigint) => number): DueRelease[] {
  const dues = computeDue(graph);
  const places = new Map(dues.map(({ release }, i) => [release, i]));
  const own = new Float64Array(dues.length);
  const [worth, claimOf] = [new Float64Array(dues.length), new Int32Array(dues.length).fill(NO_CLAIM)];
  const firstEdge = new Uint32Array(dues.length + 1);
  const [edgeTo, edgeWeight]: [number[], number[]] = [[], []];
  for (const [i, { release }] of dues.entries()) {
    const { received = 0n, settled = 0n } = graph.flows.get(release) ?? {};
    const { ownWeight = 0, contributions = [] } = graph.nodes.get(release) ?? {};
    own[i] = Number(received - settled);
    worth[i] = ownWeight / WHOLE_PPM;
    if (ownWeight > 0) claimOf[i] = i;
    for (const { release: to, weight } of contributions) {
      const place = places.get(to);
      if (place === undefined) continue;
      edgeTo.push(place);
      edgeWeight.push(weight / WHOLE_PPM);
    }
    firstEdge[i + 1] = edgeTo.length;
  }
  const walk = carriage({
    own,
    cost: Float64Array.from(dues, ({ gas }) => costOf(gas)),
    firstEdge,
    edgeTo: Uint32Array.from(edgeTo),
    edgeWeight: Float64Array.from(edgeWeight),
    edgeCost: new Float64Array(edgeTo.length),
    claims: {
      claimOf,
      worth,
      keptWorth: new Float64Array(dues.length).fill(1),
      due: new Float64Array(dues.length),
      cost: new Float64Array(dues.length),
    },
  });
  let step = walk.next();
  while (!step.done) step = walk.next();
  const { carried } = step.value;
  return computeDue(graph, ({ release }) => carried[places.get(release) ?? -1] === 1);
}

/** Splits a list into parts that each fit into one transaction. Keeps the order. */
export function splitByGas(due: readonly DueRelease[], mostGas = MAX_GAS): DueRelease[][] {
  const parts: DueRelease[][] = [];
  let gas = mostGas;
  for (const each of due) {
    if (gas + each.gas > mostGas) {
      parts.push([]);
      gas = BASE_GAS;
    }
    parts.at(-1)?.push(each);
    gas += each.gas;
  }
  return parts;
}

/** Estimates the gas of a transaction that settles these releases. */
export const settleGas = (due: readonly DueRelease[]): bigint => due.reduce((gas, each) => gas + each.gas, BASE_GAS);

/** The least gas that one release adds to a transaction. */
export const MIN_RELEASE_GAS = RELEASE_GAS;
