import { portionBetween } from "#protocol/split.ts";
import type { Contribution } from "../parsing/contributions.ts";

/** Money that went through a release, in base units. */
export interface Flow {
  received: bigint;
  settled: bigint;
}

/** The weights by which a release's money is divided. */
export interface Node {
  ownWeight: number;
  contributions: readonly Contribution[];
}

/** A release that would pass something on. */
export interface Due {
  release: number;
  amount: bigint;
  /** The gas that it adds to a transaction, estimated. */
  gas: bigint;
}

export interface Graph {
  nodes: ReadonlyMap<number, Node>;
  flows: ReadonlyMap<number, Flow>;
}

/** A transaction that takes more is cut, far below what a transaction may take. */
export const MOST_GAS = 8_000_000n;
/** The gas of a transaction as such, and of the ledger's own work around the list. */
export const BASE_GAS = 30_000n;

// A release: its word, its flow and income, which are there already or not, and a word of calldata and log.
const RELEASE_GAS = 11_000n;
const NEW_SLOT_GAS = 17_100n;
const EDGE_GAS = 5_600n;
/** Over an edge to a release that something was passed to just before. */
const WARM_EDGE_GAS = 800n;

/**
 * Reckons what would be due in each of the releases if they were settled by descending id, one after the other: each before
 * what it was built from. A release outside the graph gets what is passed to it, but passes nothing on.
 *
 * @param isWorth True for a release that is to be settled. One that is left out passes nothing on.
 */
export function dueAlong({ nodes, flows }: Graph, isWorth: (due: Due) => boolean = () => true): Due[] {
  const arriving = new Map<number, bigint>();
  const dues: Due[] = [];
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

/** Cuts a list so that each part fits into a transaction; their order stays. */
export function cut(due: readonly Due[], mostGas = MOST_GAS): Due[][] {
  const parts: Due[][] = [];
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

/** The gas of a transaction that settles these, estimated. */
export const gasOf = (due: readonly Due[]): bigint => due.reduce((gas, each) => gas + each.gas, BASE_GAS);

/** The least gas that a release adds to a transaction. */
export const LEAST_RELEASE_GAS = RELEASE_GAS;
