import { visibleForm } from "#protocol/texts/nameForms.ts";
import { ComparableName, formDifference, type NameDifference } from "./comparableName.ts";
import type { NearName } from "./nearNames.ts";

export interface NameMatches<T> {
  /** Assets with this name, but for its Unicode form, case, spaces and punctuation. Those with exactly this text first. */
  same: NearName<T>[];
  /** Assets whose names a reader could take for it: by letters that look alike, numbers that run together, or without organization. */
  alike: NearName<T>[];
}

const SAME: ReadonlySet<NameDifference> = new Set<NameDifference>([
  "none",
  "Unicode form",
  "invisible characters or character width",
  "upper and lower case",
  "spaces or punctuation",
]);

/**
 * Compares a name with those of all assets, however many there are: no number of strangers' assets can hide one.
 *
 * @param candidates In the order in which they are returned.
 * @example
 * matchName("llama-3", [{ name: "Llama 3", value: 1 }]).same; // [{ name: "Llama 3", value: 1, difference: "spaces or punctuation" }]
 */
export function matchName<T>(name: string, candidates: Iterable<{ name: string; value: T }>): NameMatches<T> {
  const as = new ComparableName(name);
  const matches: NameMatches<T> = { same: [], alike: [] };
  for (const { name: other, value } of candidates) {
    const difference = differenceOf(name, as, other);
    if (difference === undefined) continue;
    const isSame = SAME.has(difference) && numbersIn(name) === numbersIn(other);
    (isSame ? matches.same : matches.alike).push({ name: other, value, difference });
  }
  const isExact = ({ difference }: NearName<T>) => difference === "none";
  matches.same = [...matches.same.filter(isExact), ...matches.same.filter((each) => !isExact(each))];
  return matches;
}

function differenceOf(name: string, as: ComparableName, other: string): NameDifference | undefined {
  const otherAs = new ComparableName(other);
  const difference = formDifference(name, other, as, otherAs);
  if (difference !== undefined) return difference;
  const own = [as.coarsest, as.local?.coarsest];
  return [otherAs.coarsest, otherAs.local?.coarsest].some((form) => form !== undefined && own.includes(form))
    ? "organization"
    : undefined;
}

/** Returns the numbers of a name. The versions 3.1 and 31 differ, although only punctuation does. */
const numbersIn = (name: string) =>
  visibleForm
    .of(name)
    .match(/\p{N}+/gu)
    ?.join(",") ?? "";
