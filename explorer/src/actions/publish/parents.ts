import type { BuiltFrom } from "./draft.ts";
import type { FoundParent } from "./findParent.ts";

/** A name in an uploaded file of something that the asset was built from. It must be decided before anything is signed. */
export interface NamedParent {
  name: string;
  /** Undefined while it is looked up. */
  found: FoundParent | undefined;
  /** True if the search failed. */
  searchFailed?: boolean;
  /** The release that it is; undefined while that is not decided. */
  release?: number;
  /** The way in which the release was decided. */
  by?: "matched" | "chosen";
  leftOut?: boolean;
}

/** Returns what a person decided about a name. */
export const decisionOf = ({ name, release, leftOut }: NamedParent) => ({ name, release, leftOut });

/** Default total weight of the releases that an uploaded file names. They share it equally, as in imports. */
const UPSTREAM_PERCENT = 30;

/** Returns the weight that is suggested for each of a number of named releases, in per cent. */
export const suggestedPercent = (names: number): string =>
  String(Math.floor((UPSTREAM_PERCENT * 10_000) / Math.max(1, names)) / 10_000);

const releaseOf = ({ release }: BuiltFrom) => Number(release.trim().replace(/^#/, ""));

/** Returns true if a name is left out, or stands for a release that the form still has. */
export const isDecided = ({ release, leftOut }: NamedParent, rows: readonly BuiltFrom[]): boolean =>
  leftOut === true || (release !== undefined && rows.some((row) => releaseOf(row) === release));

/** Returns the rows with one for a release, unless there is one. */
export function withRelease(rows: readonly BuiltFrom[], release: number, percent: string): readonly BuiltFrom[] {
  if (rows.some((row) => releaseOf(row) === release)) return rows;
  const key = Math.max(0, ...rows.map((row) => row.key)) + 1;
  return [...rows, { key, release: String(release), percent }];
}

/** Returns the rows without those that stand for names of an earlier file. */
export function withoutParents(rows: readonly BuiltFrom[], parents: readonly NamedParent[]): readonly BuiltFrom[] {
  const releases = new Set(parents.map(({ release }) => release));
  return rows.filter((row) => !releases.has(releaseOf(row)));
}

/** Describes the decisions for the review before signing. */
export function parentNotes(parents: readonly NamedParent[], plain: (name: string) => string) {
  const isLeftOut = ({ leftOut }: NamedParent) => leftOut === true;
  const kept = parents.filter((parent) => !isLeftOut(parent));
  const names = parents.filter(isLeftOut).map(({ name }) => `“${plain(name)}”`);
  return {
    notes: kept.map(({ name, release, by }) => `“${plain(name)}” in the file is release #${release} (${by}).`),
    warnings:
      names.length > 0
        ? [
            `Left out, although the file names ${names.length === 1 ? "it" : "them"}: ${names.join(", ")}. ${names.length === 1 ? "It gets" : "They get"} nothing of the fees of this release, ever.`,
          ]
        : [],
  };
}
