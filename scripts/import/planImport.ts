import TinyQueue from "tinyqueue";
import { UserError } from "#protocol/userError.ts";
import { type Kind, KINDS } from "#protocol/kinds.ts";
import type { Lineage } from "#protocol/lineage.ts";
import { MAX_CONTRIBUTIONS } from "#protocol/limits.ts";

export interface ImportPlanOptions {
  /** Sum of the weights of a release with dependencies, in ppm. */
  upstreamPpm: number;
  /** Proportions in which that sum is divided among the dependencies, by kind. */
  kindWeights: Record<Kind, number>;
  /** Kind of a dependency without an entry of its own. */
  placeholderKind: Kind;
}

/**
 * Passes on 30 % in equal parts. This is a convention, not a measurement: nobody knows the worth of a dataset to a model,
 * and a lineage states only that there is a dependency.
 */
export const DEFAULT_IMPORT_OPTIONS: ImportPlanOptions = {
  upstreamPpm: 300_000,
  kindWeights: { dataset: 1, model: 1, agent: 1 },
  placeholderKind: "dataset",
};

export interface ImportAsset {
  name: string;
  kind: Kind;
  /** Undefined for a placeholder. */
  organization: string | undefined;
  date: string | null;
  placeholder: boolean;
  /** The release on the ledger that stands for the asset, if it is not registered by this import. */
  existing?: { asset: number; release: number };
}

/** Names of a lineage that do not stand for an entry with exactly that name. */
export interface NameResolution {
  /** Returns the name that stands for a dependency; undefined if the dependency is left out. */
  follow: (dependency: string) => string | undefined;
  /** Assets on the ledger, by the name that stands for them. */
  existing: ReadonlyMap<string, { asset: number; release: number; kind: Kind }>;
}

/** Takes each name as it is. */
export const LITERAL_NAMES: NameResolution = { follow: (name) => name, existing: new Map() };

/** Releases in the order of their publication. */
export type ImportPlan = readonly ImportEntry[];

/** A release to publish. The first release of an asset registers the asset. */
export interface ImportEntry {
  asset: ImportAsset;
  first: boolean;
  label: string;
  /** Contributions, each by the index of an earlier entry of the plan; ascending. */
  contributions: { entry: number; weightPpm: number }[];
  /** 0 for a release without contributions. A release depends on releases of lower levels only. */
  level: number;
}

/**
 * Sorts a lineage so that the ledger can record it: dependencies first. Each asset gets a first release, built from the
 * dependencies that can have existed before it. A dependency that is newer than the asset, part of a cycle with it, or the
 * asset itself can only belong to a later version: it becomes a contribution of a second release. The second release names
 * the other dependencies again, and follows as soon as all of them are in the plan. Each contribution names the newest
 * release that its asset has at that point.
 *
 * @throws {UserError} if an asset has more dependencies than a release can have contributions.
 */
export function planImport(
  { assets: entries }: Lineage,
  options: ImportPlanOptions = DEFAULT_IMPORT_OPTIONS,
  { follow, existing }: NameResolution = LITERAL_NAMES,
): ImportPlan {
  // Everything after the names are looked up works with indices: names are long, and looking them up is most of the time.
  const indexOf = new Map<string, number>();
  const assets: ImportAsset[] = [];
  const add = (asset: ImportAsset): number => {
    indexOf.set(asset.name, assets.length);
    return assets.push(asset) - 1;
  };
  const addExisting = (name: string): number | undefined => {
    const onLedger = existing.get(name);
    if (!onLedger) return undefined;
    const { kind, asset, release } = onLedger;
    const common = { name, organization: undefined, date: null, placeholder: false };
    return add({ ...common, kind, existing: { asset, release } });
  };
  const named: (readonly string[])[] = [];
  for (const { name, kind, organization, date, dependsOn } of entries) {
    if (addExisting(name) === undefined) add({ name, kind, organization, date, placeholder: false });
    named.push(existing.has(name) ? [] : dependsOn);
  }
  const dependencies: number[][] = named.map((names, i) => {
    // Several names may stand for one asset.
    const indices = new Set<number>();
    for (const each of names) {
      const name = follow(each);
      if (name === undefined) continue;
      const asset = { name, kind: options.placeholderKind, organization: undefined, date: null, placeholder: true };
      indices.add(indexOf.get(name) ?? addExisting(name) ?? add(asset));
    }
    if (indices.size > MAX_CONTRIBUTIONS) {
      throw new UserError(
        `"${at(entries, i).name}" has ${indices.size} dependencies, but a release can have at most ${MAX_CONTRIBUTIONS} contributions. Group some of them into an asset of their own.`,
      );
    }
    return [...indices];
  });
  while (dependencies.length < assets.length) dependencies.push([]);

  const components = stronglyConnectedComponents(dependencies);
  const isLater = (asset: number, dependency: number) =>
    components[asset] === components[dependency] || isNewer(at(assets, dependency).date, at(assets, asset).date);

  const plan: ImportEntry[] = [];
  const newest = new Int32Array(assets.length).fill(-1);
  const place = (index: number, parentIndices: readonly number[], first: boolean) => {
    const asset = at(assets, index);
    let level = plan[newest[index] ?? -1]?.level ?? -1;
    let date = asset.date ?? "";
    const parents: { kind: Kind; entry: number }[] = [];
    for (const parentIndex of parentIndices) {
      const parent = at(assets, parentIndex);
      const entry = newest[parentIndex] ?? -1;
      parents.push({ kind: parent.kind, entry });
      level = Math.max(level, plan[entry]?.level ?? -1);
      if (parent.date !== null && parent.date > date) date = parent.date;
    }
    parents.sort((a, b) => a.entry - b.entry);
    plan.push({
      asset,
      first,
      label: (first ? asset.date : date) || (first ? "1" : "2"),
      contributions: divide(parents, options),
      level: level + 1,
    });
    newest[index] = plan.length - 1;
  };

  // First releases follow their dates where dependencies allow that; second releases follow as soon as possible.
  const order = assets
    .map((asset, index) => ({ asset, index }))
    .sort(
      ({ asset: a }, { asset: b }) => Number(b.placeholder) - Number(a.placeholder) || compareDates(a.date, b.date),
    );
  const steps = order.map(({ index }) => {
    const all = at(dependencies, index);
    return { index, all, earlier: all.filter((each) => !isLater(index, each)) };
  });
  const first = new Countdown(
    assets.length,
    steps.map(({ earlier }) => earlier),
  );
  const second = new Countdown(
    assets.length,
    steps.map(({ index, all, earlier }) => (all.length > earlier.length ? [index, ...all] : undefined)),
  );
  const ready = new TinyQueue(first.takeReady(), (a, b) => a - b);
  let placed = 0;
  for (let step = ready.pop(); step !== undefined; step = ready.pop()) {
    const { index, earlier } = at(steps, step);
    place(index, earlier, true);
    placed++;
    first.fulfil(index);
    second.fulfil(index);
    for (const each of first.takeReady()) ready.push(each);
    for (const each of second.takeReady()) place(at(steps, each).index, at(steps, each).all, false);
  }
  if (placed < order.length) throw new Error("The dependencies outside cycles form a cycle.");
  return plan;
}

export function at<T>(list: ArrayLike<T>, index: number): T {
  const item = list[index];
  if (item === undefined) throw new Error(`There is no item ${index}.`);
  return item;
}

/** Finds the lists of which every item has been fulfilled, in time linear in the number of items. */
class Countdown {
  readonly #missing: number[];
  /** The places of the lists with each item, one item after the other. */
  readonly #places: Int32Array;
  /** The start of the places of each item; the next item's start is the end. */
  readonly #starts: Int32Array;
  #ready: number[] = [];

  /**
   * @param items Number of items.
   * @param lists The items that each place needs; undefined for a place that never becomes ready.
   */
  constructor(items: number, lists: readonly (readonly number[] | undefined)[]) {
    this.#missing = lists.map((list) => list?.length ?? Infinity);
    const starts = new Int32Array(items + 2);
    for (const list of lists) for (const item of list ?? []) starts[item + 2] = (starts[item + 2] ?? 0) + 1;
    for (let i = 2; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
    this.#places = new Int32Array(starts.at(-1) ?? 0);
    for (const [place, list] of lists.entries()) {
      if (list?.length === 0) this.#ready.push(place);
      // Afterwards, `starts[item + 1]` is where the next item begins.
      for (const item of list ?? []) {
        const free = at(starts, item + 1);
        this.#places[free] = place;
        starts[item + 1] = free + 1;
      }
    }
    this.#starts = starts;
  }

  fulfil(item: number): void {
    const end = at(this.#starts, item + 1);
    for (let i = at(this.#starts, item); i < end; i++) {
      const place = at(this.#places, i);
      const missing = at(this.#missing, place) - 1;
      this.#missing[place] = missing;
      if (missing === 0) this.#ready.push(place);
    }
  }

  /** Returns the places that became ready since the last call, in ascending order. */
  takeReady(): number[] {
    if (this.#ready.length === 0) return [];
    const ready = this.#ready.sort((a, b) => a - b);
    this.#ready = [];
    return ready;
  }
}

/** Divides the sum by the kinds' weights, rounded down. The remainder stays with the release. */
function divide(parents: { kind: Kind; entry: number }[], { upstreamPpm, kindWeights }: ImportPlanOptions) {
  const whole = parents.reduce((sum, { kind }) => sum + kindWeights[kind], 0);
  return parents.map(({ kind, entry }) => ({
    entry,
    weightPpm: Math.max(1, Math.floor((upstreamPpm * kindWeights[kind]) / whole)),
  }));
}

/** Compares two dates (years, months or days) at the lower of their precisions. */
function isNewer(date: string | null, than: string | null): boolean {
  if (!date || !than) return false;
  const length = Math.min(date.length, than.length);
  return date.slice(0, length) > than.slice(0, length);
}

function compareDates(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}

/** Returns the number of each node's strongly connected component, by Tarjan's algorithm without recursion. */
function stronglyConnectedComponents(edges: readonly (readonly number[])[]): Int32Array {
  const index = new Int32Array(edges.length).fill(-1);
  const low = new Int32Array(edges.length);
  const component = new Int32Array(edges.length).fill(-1);
  const next = new Int32Array(edges.length);
  const stack: number[] = [];
  const lower = (node: number, value: number) => {
    if (value < at(low, node)) low[node] = value;
  };
  let visited = 0;
  let components = 0;
  const walk: number[] = [];
  const enter = (node: number) => {
    index[node] = low[node] = visited++;
    stack.push(node);
    walk.push(node);
  };
  for (let root = 0; root < edges.length; root++) {
    if (at(index, root) >= 0) continue;
    enter(root);
    for (let node = walk.at(-1); node !== undefined; node = walk.at(-1)) {
      const place = at(next, node);
      next[node] = place + 1;
      const to = edges[node]?.[place];
      if (to !== undefined) {
        if (at(index, to) < 0) enter(to);
        else if (at(component, to) < 0) lower(node, at(index, to));
        continue;
      }
      walk.pop();
      if (low[node] === index[node]) {
        for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
          component[member] = components;
          if (member === node) break;
        }
        components++;
      }
      const parent = walk.at(-1);
      if (parent !== undefined) lower(parent, at(low, node));
    }
  }
  return component;
}

/** Parses weights such as `dataset=1,model=2`. A kind that is not named keeps its default. */
export function parseKindWeights(text: string): Record<Kind, number> {
  const weights = { ...DEFAULT_IMPORT_OPTIONS.kindWeights };
  for (const part of text.split(",").filter(Boolean)) {
    const [kind, value] = part.split("=");
    const weight = Number(value);
    if (!KINDS.some((each) => each === kind) || !Number.isFinite(weight) || weight <= 0) {
      throw new UserError(`"${part}" is not the weight of a kind. Write for example dataset=1,model=2,agent=1.`);
    }
    weights[kind as Kind] = weight;
  }
  return weights;
}
