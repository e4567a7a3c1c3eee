import { byDifference, type NearName, nearNames } from "#client/names/nearNames.ts";
import { ComparableName, type NameDifference } from "#client/names/comparableName.ts";
import type { Kind } from "#protocol/kinds.ts";
import type { Lineage } from "#protocol/lineage.ts";
import { UserError } from "#protocol/userError.ts";
import { metadataOf, ownAssets } from "./importWork.ts";
import type { NameDecisions } from "./nameDecisions.ts";
import type { NameResolution } from "./planImport.ts";
import type { RegisteredAsset } from "./readRegistry.ts";

/** The thing that a name without an entry may stand for: an entry, another name without an entry, or an asset on the ledger. */
export type NameTarget = { name: string } | { asset: RegisteredAsset };

/** A dependency without an entry, for which there are near matches. */
export interface UndecidedName {
  name: string;
  /** Names of the assets that depend on it. */
  namedBy: readonly string[];
  near: readonly NearName<NameTarget>[];
  /** Number of further near matches. */
  more: number;
  /** True if more names are like it than were compared. */
  incomplete: boolean;
}

/** Two names that will be two assets, although they may mean the same thing. */
export interface Twins {
  name: string;
  target: NameTarget;
  difference: NameDifference;
}

export interface MatchedNames {
  resolution: NameResolution;
  /** Must be decided before anything is registered. */
  undecided: readonly UndecidedName[];
  /** Names that stand for something else. */
  matched: readonly { name: string; target: NameTarget }[];
  /** Dependencies that are left out, with the assets that named them. */
  leftOut: readonly { name: string; namedBy: readonly string[] }[];
  twins: readonly Twins[];
}

export interface MatchNamesParameters {
  lineage: Lineage;
  decisions: NameDecisions;
  /** All assets of the registry. */
  registered: ReadonlyMap<number, RegisteredAsset>;
  /** The account that imports. */
  account: string;
  /** Kind of a placeholder, by which one of an earlier run is known. */
  placeholderKind: Kind;
  /** The newest block whose releases are final enough to build on. */
  confirmedBlock: number;
}

/**
 * Finds what each dependency stands for. An entry with exactly the same name is taken. So is an asset that this account
 * registered earlier under exactly that name. Anything else that is near must be decided: names on the ledger are not
 * unique, anybody can register any, and a contribution is for ever.
 *
 * @throws {UserError} if a decision names something that does not exist.
 */
export function matchNames(parameters: MatchNamesParameters): MatchedNames {
  const { lineage, decisions, registered, account, placeholderKind, confirmedBlock } = parameters;
  const entries = new Set(lineage.assets.map(({ name }) => name));
  const namedBy = dependents(lineage);
  const missing = [...namedBy.keys()].filter((name) => !entries.has(name));
  const isMissing = new Set(missing);
  requireKnownNames(decisions, entries, isMissing);

  const own = ownAssets(registered, account);
  const common = { organization: undefined, date: null };
  const placeholderOf = (name: string) =>
    own.get(metadataOf({ name, kind: placeholderKind, ...common, placeholder: true }));
  /** Assets that an earlier run of this import has registered, with the names that they have in this lineage. */
  const ofThisImport = new Map<number, string>();
  for (const asset of lineage.assets) {
    const earlier = own.get(metadataOf({ ...asset, placeholder: false }));
    if (earlier) ofThisImport.set(earlier.id, asset.name);
  }
  for (const name of missing) {
    const earlier = placeholderOf(name);
    if (earlier) ofThisImport.set(earlier.id, name);
  }
  const others = [...registered.values()].filter(({ id, name }) => name !== undefined && !ofThisImport.has(id));
  const ownByName = Map.groupBy(
    others.filter(({ registrant }) => registrant === account.toLowerCase()),
    ({ name }) => name ?? "",
  );

  const targets = new Map<string, NameTarget | "leave out">();
  for (const [name, decision] of decisions) {
    if (decision.does === "leave out") targets.set(name, "leave out");
    if (decision.does === "name") targets.set(name, { name: decision.name });
    if (decision.does !== "asset") continue;
    const asset = registered.get(decision.id);
    if (!asset) {
      throw new UserError(`"${name}" is decided to be asset ${decision.id}, which does not exist. Correct --matches.`);
    }
    const inFile = ofThisImport.get(asset.id);
    targets.set(name, inFile === undefined ? { asset } : { name: inFile });
  }
  const open = missing.filter((name) => {
    if (decisions.has(name) || placeholderOf(name)) return false;
    const [asset, ...more] = ownByName.get(name) ?? [];
    if (!asset || more.length > 0) return true;
    targets.set(name, { asset });
    return false;
  });

  const chosen = finalTargets(targets);
  const existing = new Map<string, { asset: number; release: number; kind: Kind }>();
  const nameOfAsset = new Map<number, string>();
  const standsFor = new Map<string, string | undefined>();
  for (const [name, target] of chosen) {
    if (target === "leave out") standsFor.set(name, undefined);
    else if ("name" in target) standsFor.set(name, target.name);
    else {
      const first = nameOfAsset.get(target.asset.id) ?? name;
      nameOfAsset.set(target.asset.id, first);
      standsFor.set(name, first);
      existing.set(first, existingRelease(target.asset, name, confirmedBlock));
      // An entry that is decided to be this asset takes part under its own name.
      if (entries.has(name)) existing.set(name, existingRelease(target.asset, name, confirmedBlock));
    }
  }
  const comparables = new Map<string, ComparableName>();
  return {
    resolution: { follow: (name) => (standsFor.has(name) ? standsFor.get(name) : name), existing },
    undecided: undecidedNames({ open, missing, namedBy, lineage, others, comparables }),
    matched: [...chosen].flatMap(([name, target]) => (target === "leave out" ? [] : [{ name, target }])),
    leftOut: [...chosen].flatMap(([name, target]) =>
      target === "leave out" ? [{ name, namedBy: namedBy.get(name) ?? [] }] : [],
    ),
    twins: twinsOf(
      lineage.assets.map(({ name }) => name).filter((name) => !chosen.has(name)),
      others,
      comparables,
    ),
  };
}

/** Returns the assets that depend on each name. */
function dependents({ assets }: Lineage): Map<string, string[]> {
  const namedBy = new Map<string, string[]>();
  for (const { name, dependsOn } of assets) {
    for (const dependency of dependsOn) {
      const names = namedBy.get(dependency);
      if (names) names.push(name);
      else namedBy.set(dependency, [name]);
    }
  }
  return namedBy;
}

function requireKnownNames(decisions: NameDecisions, entries: ReadonlySet<string>, missing: ReadonlySet<string>) {
  for (const [name, decision] of decisions) {
    if (!missing.has(name) && !entries.has(name)) {
      throw new UserError(
        `--matches decides about "${name}", a name that the lineage does not have. Correct the name.`,
      );
    }
    if (entries.has(name) && decision.does !== "asset") {
      throw new UserError(
        `--matches decides about "${name}", which has an entry of its own. Only the id of an asset on the ledger can replace an entry.`,
      );
    }
    if (decision.does === "name" && !missing.has(decision.name) && !entries.has(decision.name)) {
      throw new UserError(
        `--matches decides that "${name}" is "${decision.name}", a name that the lineage does not have. Write a name of the lineage, the id of an asset, "placeholder" or "leave out".`,
      );
    }
  }
}

/** Follows names that stand for names. */
function finalTargets(targets: ReadonlyMap<string, NameTarget | "leave out">): Map<string, NameTarget | "leave out"> {
  const final = new Map<string, NameTarget | "leave out">();
  for (const [name, target] of targets) {
    let last = target;
    const seen = new Set([name]);
    while (last !== "leave out" && "name" in last && targets.has(last.name)) {
      if (seen.has(last.name))
        throw new UserError(`--matches decides that "${name}" is itself. Correct one of the names.`);
      seen.add(last.name);
      last = targets.get(last.name) ?? last;
    }
    final.set(name, last);
  }
  return final;
}

function existingRelease({ id, kind, releases }: RegisteredAsset, name: string, confirmedBlock: number) {
  const newest = releases.findLast(({ block }) => block <= confirmedBlock);
  if (!newest) {
    throw new UserError(
      `"${name}" stands for asset ${id}, whose release has too few confirmations to build on. Wait, then run the same command again.`,
    );
  }
  return { asset: id, release: newest.id, kind };
}

const MOST_NEAR = 5;

interface OpenNames {
  open: readonly string[];
  missing: readonly string[];
  namedBy: ReadonlyMap<string, readonly string[]>;
  lineage: Lineage;
  others: readonly RegisteredAsset[];
  comparables: Map<string, ComparableName>;
}

function undecidedNames({ open, missing, namedBy, lineage, others, comparables }: OpenNames): UndecidedName[] {
  const options = { most: MOST_NEAR, comparables };
  const inLineage = nearNames(
    open,
    lineage.assets.map(({ name, kind }) => ({ name, kind, value: { name } })),
    options,
  );
  // Looked up apart, so that strangers' assets cannot hide entries of the lineage, however many they are.
  const onLedger = nearNames(
    open,
    others.map((asset) => ({ name: asset.name ?? "", kind: asset.kind, value: { asset } })),
    options,
  );
  // The first one of several names without an entry that mean the same thing is not asked about.
  const place = new Map(missing.map((name, i) => [name, i]));
  const alike = nearNames(
    open,
    missing.map((name) => ({ name, value: { name } })),
    { most: 50, versions: false, comparables },
  );
  return open.flatMap((name) => {
    const earlier = (alike.get(name)?.nearest ?? []).filter(
      ({ name: other }) => (place.get(other) ?? Infinity) < (place.get(name) ?? 0),
    );
    const [entriesLike, assetsLike] = [inLineage.get(name), onLedger.get(name)];
    const all = [...byDifference<NameTarget>(entriesLike?.nearest ?? [], assetsLike?.nearest ?? []), ...earlier];
    const incomplete = (entriesLike?.incomplete ?? false) || (assetsLike?.incomplete ?? false);
    if (all.length === 0 && !incomplete) return [];
    const more = (entriesLike?.more ?? 0) + (assetsLike?.more ?? 0) + Math.max(0, all.length - MOST_NEAR);
    return [{ name, namedBy: namedBy.get(name) ?? [], near: all.slice(0, MOST_NEAR), more, incomplete }];
  });
}

const SAME_NAME: ReadonlySet<NameDifference> = new Set<NameDifference>([
  "none",
  "Unicode form",
  "invisible characters or character width",
  "upper and lower case",
  "spaces or punctuation",
  "letters that look alike",
]);

/** Finds entries that have the same name as another entry or as an asset on the ledger, but for the writing. */
function twinsOf(
  names: readonly string[],
  others: readonly RegisteredAsset[],
  comparables: Map<string, ComparableName>,
): Twins[] {
  // Only names that share their coarsest form with another one can have the same name.
  const coarsestOf = (name: string) => {
    let as = comparables.get(name);
    if (!as) comparables.set(name, (as = new ComparableName(name)));
    return as.coarsest;
  };
  const seen = new Set<string>();
  const repeated = new Set<string>();
  const count = (name: string) => {
    const form = coarsestOf(name);
    if (seen.has(form)) repeated.add(form);
    else seen.add(form);
  };
  for (const name of names) count(name);
  for (const { name = "" } of others) count(name);
  if (repeated.size === 0) return [];
  const hasOther = (name: string) => repeated.has(coarsestOf(name));
  const suspects = names.filter(hasOther);
  const candidates: { name: string; value: NameTarget }[] = [
    ...suspects.map((name) => ({ name, value: { name } })),
    ...others.filter(({ name = "" }) => hasOther(name)).map((asset) => ({ name: asset.name ?? "", value: { asset } })),
  ];
  const place = new Map(names.map((name, i) => [name, i]));
  return [...nearNames(suspects, candidates, { equalOnly: true, comparables })].flatMap(([name, { nearest }]) =>
    nearest
      .filter(({ difference }) => SAME_NAME.has(difference))
      .filter(({ value }) => "asset" in value || (place.get(value.name) ?? 0) < (place.get(name) ?? 0))
      .map(({ value, difference }) => ({ name, target: value, difference })),
  );
}
