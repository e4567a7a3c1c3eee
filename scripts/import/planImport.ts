import { UserError } from "#protocol/userError.ts";
import { type Kind, KINDS } from "#protocol/kinds.ts";
import type { Lineage } from "#protocol/lineage.ts";
import { MAX_CONTRIBUTIONS } from "#protocol/limits.ts";

export interface ImportPlanOptions {
  /** Part of its receipts that a release with dependencies passes on altogether, in ppm. */
  upstreamPpm: number;
  /** Proportions in which that is divided among dependencies, by their kind. */
  kindWeights: Record<Kind, number>;
  /** Kind of a dependency without an entry of its own. */
  placeholderKind: Kind;
}

/**
 * 30 % upstream in equal parts. A convention, not a measurement: nobody knows what a dataset is worth to a model, and a
 * lineage says only that there is a dependency.
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
}

/** Releases in the order of their publication. */
export type ImportPlan = readonly ImportEntry[];

/** A release to publish. The first of an asset registers it. */
export interface ImportEntry {
  asset: ImportAsset;
  first: boolean;
  label: string;
  /** Each names an earlier entry of the plan by its index; ascending. */
  contributions: { entry: number; weightPpm: number }[];
  /** 0 for a release without contributions. A release needs releases of lower levels only. */
  level: number;
}

/**
 * Puts a lineage in an order that a ledger of versions can record: dependencies first. Each asset gets a first release, built from those of
 * its dependencies that can have existed before it. A dependency that is newer than the asset, or part of a cycle, or the
 * asset itself, can only be one of a later version: it becomes an edge of a second release, which names the others again
 * and is placed as soon as all of them are. Every edge names the newest release that its asset then has.
 *
 * @throws {UserError} for an asset with more dependencies than a release can have.
 */
export function planImport(
  { assets: entries }: Lineage,
  options: ImportPlanOptions = DEFAULT_IMPORT_OPTIONS,
): ImportPlan {
  const assets = new Map<string, ImportAsset>();
  const dependencies = new Map<string, string[]>();
  for (const { name, kind, organization, date, dependsOn } of entries) {
    assets.set(name, { name, kind, organization, date, placeholder: false });
    dependencies.set(name, dependsOn);
    if (dependsOn.length > MAX_CONTRIBUTIONS) {
      throw new UserError(
        `"${name}" has ${dependsOn.length} dependencies; a release can have at most ${MAX_CONTRIBUTIONS}. Group some of them into an asset of their own.`,
      );
    }
  }
  for (const dependency of entries.flatMap(({ dependsOn }) => dependsOn)) {
    if (assets.has(dependency)) continue;
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

  // First releases in the order of their dates, as far as their dependencies allow; second ones as soon as possible.
  const waiting = [...assets.values()].sort(
    (a, b) => Number(b.placeholder) - Number(a.placeholder) || compareDates(a.date, b.date),
  );
  const withLater = waiting.filter((asset) =>
    (dependencies.get(asset.name) ?? []).some((name) => isLater(asset, assetOf(name))),
  );
  while (waiting.length > 0) {
    const ready = waiting.findIndex((asset) =>
      (dependencies.get(asset.name) ?? []).every((name) => newest.has(name) || isLater(asset, assetOf(name))),
    );
    const [asset] = waiting.splice(ready, 1);
    if (ready < 0 || !asset) throw new Error("The dependencies outside cycles form a cycle.");
    const all = dependencies.get(asset.name) ?? [];
    place(
      asset,
      all.filter((name) => !isLater(asset, assetOf(name))),
      true,
    );
    for (let i = 0; i < withLater.length;) {
      const candidate = withLater[i];
      const names = candidate ? (dependencies.get(candidate.name) ?? []) : [];
      if (!candidate || !newest.has(candidate.name) || !names.every((name) => newest.has(name))) i++;
      else {
        place(candidate, names, false);
        withLater.splice(i, 1);
      }
    }
  }
  return plan;
}

/** Splits the upstream part by the kinds' weights, rounded down. The remainder stays with the release. */
function divide(parents: { kind: Kind; entry: number }[], { upstreamPpm, kindWeights }: ImportPlanOptions) {
  const whole = parents.reduce((sum, { kind }) => sum + kindWeights[kind], 0);
  return parents.map(({ kind, entry }) => ({
    entry,
    weightPpm: Math.max(1, Math.floor((upstreamPpm * kindWeights[kind]) / whole)),
  }));
}

/** Compares dates, which may be years, months or days, to the precision that both have. */
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

/** Tarjan's algorithm, without recursion: the number of each node's component. */
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

/** Reads `dataset=1,model=2`; kinds that are not named keep their default. */
export function parseKindWeights(text: string): Record<Kind, number> {
  const weights = { ...DEFAULT_IMPORT_OPTIONS.kindWeights };
  for (const part of text.split(",").filter(Boolean)) {
    const [kind, value] = part.split("=");
    const weight = Number(value);
    if (!KINDS.some((each) => each === kind) || !Number.isFinite(weight) || weight <= 0) {
      throw new UserError(`"${part}" is not a kind's weight. Write for example dataset=1,model=2,agent=1.`);
    }
    weights[kind as Kind] = weight;
  }
  return weights;
}
