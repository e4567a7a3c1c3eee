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
  const assets = new Map<string, ImportAsset>();
  const dependencies = new Map<string, string[]>();
  const addExisting = (name: string): boolean => {
    const onLedger = existing.get(name);
    if (!onLedger) return false;
    const { kind, asset, release } = onLedger;
    const common = { name, organization: undefined, date: null, placeholder: false };
    assets.set(name, { ...common, kind, existing: { asset, release } });
    dependencies.set(name, []);
    return true;
  };
  for (const { name, kind, organization, date, dependsOn } of entries) {
    if (addExisting(name)) continue;
    assets.set(name, { name, kind, organization, date, placeholder: false });
    // Several names may stand for one asset.
    const names = [...new Set(dependsOn.flatMap((dependency) => follow(dependency) ?? []))];
    dependencies.set(name, names);
    if (names.length > MAX_CONTRIBUTIONS) {
      throw new UserError(
        `"${name}" has ${names.length} dependencies, but a release can have at most ${MAX_CONTRIBUTIONS} contributions. Group some of them into an asset of their own.`,
      );
    }
  }
  for (const dependency of [...dependencies.values()].flat()) {
    if (assets.has(dependency) || addExisting(dependency)) continue;
    const kind = options.placeholderKind;
    assets.set(dependency, { name: dependency, kind, organization: undefined, date: null, placeholder: true });
    dependencies.set(dependency, []);
  }

  const components = stronglyConnectedComponents(dependencies);
  const isLater = (asset: ImportAsset, dependency: ImportAsset) =>
    components.get(asset.name) === components.get(dependency.name) || isNewer(dependency.date, asset.date);
  const assetOf = (name: string) => {
    const asset = assets.get(name);
    if (!asset) throw new Error(`"${name}" is not in the plan.`);
    return asset;
  };

  const plan: ImportEntry[] = [];
  const newest = new Map<string, number>();
  const place = (asset: ImportAsset, names: string[], first: boolean) => {
    const parents = names
      .map((name) => ({ kind: assetOf(name).kind, entry: newest.get(name) ?? -1 }))
      .sort((a, b) => a.entry - b.entry);
    const previous = newest.get(asset.name);
    const level = Math.max(
      -1,
      ...parents.map(({ entry }) => plan[entry]?.level ?? -1),
      plan[previous ?? -1]?.level ?? -1,
    );
    const dates = names.map((name) => assetOf(name).date ?? "").concat(asset.date ?? "");
    plan.push({
      asset,
      first,
      label: (first ? asset.date : dates.sort().at(-1)) || (first ? "1" : "2"),
      contributions: divide(parents, options),
      level: level + 1,
    });
    newest.set(asset.name, plan.length - 1);
  };

  // First releases follow their dates where dependencies allow that; second releases follow as soon as possible.
  const order = [...assets.values()].sort(
    (a, b) => Number(b.placeholder) - Number(a.placeholder) || compareDates(a.date, b.date),
  );
  const steps = order.map((asset) => {
    const all = dependencies.get(asset.name) ?? [];
    return { asset, all, earlier: all.filter((name) => !isLater(asset, assetOf(name))) };
  });
  const first = new Countdown(steps.map(({ earlier }) => earlier));
  const second = new Countdown(
    steps.map(({ asset, all, earlier }) => (all.length > earlier.length ? [asset.name, ...all] : undefined)),
  );
  const ready = new TinyQueue(first.takeReady(), (a, b) => a - b);
  for (let step = ready.pop(); step !== undefined; step = ready.pop()) {
    const { asset, earlier } = at(steps, step);
    place(asset, earlier, true);
    first.fulfil(asset.name);
    second.fulfil(asset.name);
    for (const each of first.takeReady()) ready.push(each);
    for (const each of second.takeReady()) place(at(steps, each).asset, at(steps, each).all, false);
  }
  if (newest.size < order.length) throw new Error("The dependencies outside cycles form a cycle.");
  return plan;
}

export function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new Error(`There is no item ${index}.`);
  return item;
}

/** Finds the lists of which every name has been fulfilled, in time linear in the number of names. */
class Countdown {
  readonly #missing: number[];
  readonly #listsWith = new Map<string, number[]>();
  #ready: number[] = [];

  /** @param lists The names that each place needs; undefined for a place that never becomes ready. */
  constructor(lists: readonly (readonly string[] | undefined)[]) {
    this.#missing = lists.map((names) => names?.length ?? Infinity);
    for (const [place, names] of lists.entries()) {
      if (names?.length === 0) this.#ready.push(place);
      for (const name of names ?? []) {
        const places = this.#listsWith.get(name);
        if (places) places.push(place);
        else this.#listsWith.set(name, [place]);
      }
    }
  }

  fulfil(name: string): void {
    for (const place of this.#listsWith.get(name) ?? []) {
      const missing = at(this.#missing, place) - 1;
      this.#missing[place] = missing;
      if (missing === 0) this.#ready.push(place);
    }
  }

  /** Returns the places that became ready since the last call, in ascending order. */
  takeReady(): number[] {
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
function stronglyConnectedComponents(edges: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const component = new Map<string, number>();
  const stack: string[] = [];
  const lowest = (name: string, value: number) => low.set(name, Math.min(low.get(name) ?? value, value));
  let components = 0;
  for (const root of edges.keys()) {
    if (index.has(root)) continue;
    const walk = [{ name: root, next: 0 }];
    for (let top = walk.at(-1); top; top = walk.at(-1)) {
      const { name } = top;
      if (top.next === 0) {
        index.set(name, index.size);
        lowest(name, index.get(name) ?? 0);
        stack.push(name);
      }
      const to = edges.get(name)?.[top.next++];
      if (to !== undefined) {
        if (!index.has(to)) walk.push({ name: to, next: 0 });
        else if (!component.has(to)) lowest(name, index.get(to) ?? 0);
        continue;
      }
      walk.pop();
      if (low.get(name) === index.get(name)) {
        for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
          component.set(member, components);
          if (member === name) break;
        }
        components++;
      }
      const parent = walk.at(-1);
      if (parent) lowest(parent.name, low.get(name) ?? 0);
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
