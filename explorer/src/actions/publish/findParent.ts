import { ComparableName } from "#client/names/comparableName.ts";
import { type NearName, nearNames } from "#client/names/nearNames.ts";
import { truncate } from "#protocol/texts/truncate.ts";
import type { Schemas } from "../../api/client.ts";
import { assets } from "../../api/questions.ts";

/** An asset that a name in a file may mean, with its newest release. */
export interface ParentCandidate {
  id: number;
  name: string | null;
  kind: Schemas["Asset"]["kind"];
  release: number;
}

export interface FoundParent {
  /** The only asset with exactly this name; undefined if there is none, or several. */
  exact: ParentCandidate | undefined;
  /** Assets with names like it, nearest first. */
  suggestions: NearName<ParentCandidate>[];
}

const MOST_WORDS = 4;
const LARGEST_PAGE = 50;

/** Finds the assets that a name in a file may mean, by several searches: for the whole name and for its words. */
export async function findParent(name: string, signal: AbortSignal): Promise<FoundParent> {
  const pages = await Promise.all(
    searchesFor(name).map((search) => assets({ search, limit: LARGEST_PAGE }).read({}, signal)),
  );
  const candidates = new Map<number, { name: string; kind: ParentCandidate["kind"]; value: ParentCandidate }>();
  for (const { id, name: its, kind, releases } of pages.flatMap(({ data }) => data)) {
    const release = releases.at(-1);
    if (release !== undefined) candidates.set(id, { name: its ?? "", kind, value: { id, name: its, kind, release } });
  }
  const suggestions = nearNames([name], [...candidates.values()]).get(name)?.nearest ?? [];
  const same = suggestions.filter(({ difference }) => difference === "none");
  // The first search is for the whole name. If it has further pages, another asset may have the same name.
  const isComplete = pages[0]?.next === null;
  return { exact: same.length === 1 && isComplete ? same[0]?.value : undefined, suggestions };
}

/** Returns the texts to search for: the name, the name without its organization, and its longest words. */
function searchesFor(name: string): string[] {
  const { words, local } = new ComparableName(name);
  const longest = [...new Set((local?.words ?? words).filter((word) => word.length > 1))]
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_WORDS);
  const texts = [name, name.split("/").at(-1) ?? name, ...longest].map((text) => truncate(text.trim(), 200));
  return [...new Set(texts.filter((text) => text !== ""))];
}
