import { distance } from "fastest-levenshtein";
import type { Kind } from "#protocol/kinds.ts";
import { ComparableName, formDifference, looks, type NameDifference } from "./comparableName.ts";

/** An asset whose name is like a name that was looked up. */
export interface NearName<T> {
  name: string;
  value: T;
  /** The difference between the two names; `none` if they are the same text. */
  difference: NameDifference;
}

export interface NearNames<T> {
  /** The nearest ones, nearest first. */
  nearest: NearName<T>[];
  /** Number of further ones that were compared. */
  more: number;
  /** True if there are too many candidates to compare all: a name that is like it may be missing. */
  incomplete: boolean;
}

export interface Candidate<T> {
  name: string;
  value: T;
  /** The kind of the thing, if it is known. A name that says "dataset" is not a misspelt or an older name of a model. */
  kind?: Kind;
}

export interface NearNamesOptions {
  /** Most names in an answer. Default: 5. */
  most?: number;
  /** Finds only names that are equal but for their writing or their organization. Default: false. */
  equalOnly?: boolean;
  /** Names in the form in which they are compared, kept from one call to the next. */
  comparables?: Map<string, ComparableName>;
  /** Finds names of another version, such as Llama 3 for Meta-Llama-3-8B. Default: true. */
  versions?: boolean;
}

const ORDER: readonly NameDifference[] = [
  "none",
  "Unicode form",
  "invisible characters or character width",
  "upper and lower case",
  "spaces or punctuation",
  "letters that look alike",
  "organization",
  "spelling",
  "version",
];

/** The candidates that one look into an index compares with a name, at least. */
const ALWAYS_COMPARED = 200;
/** Further comparisons for each name and candidate. All names share them, so that the work stays linear. */
const SHARED_COMPARISONS = 50;

/** Bounds the work that strangers' names can cause. */
class Budget {
  #left: number;

  constructor(names: number) {
    this.#left = SHARED_COMPARISONS * names;
  }

  /** Returns the number of comparisons that may be made, of a number that is wanted. */
  take(wanted: number): number {
    const more = Math.max(0, Math.min(wanted - ALWAYS_COMPARED, this.#left));
    this.#left -= more;
    return Math.min(wanted, ALWAYS_COMPARED + more);
  }
}

/**
 * Finds, for each name, the candidates whose names may mean the same thing: in another Unicode form or case, with other
 * spaces or punctuation, with letters that look alike, with another organization, misspelt, or of another version. The work
 * is about linear in the number of names and candidates, because each kind of similarity has an index of its own.
 *
 * @example
 * nearNames(["baai/bge"], [{ name: "BAAI/bge", value: 7 }]).get("baai/bge")?.nearest;
 * // [{ name: "BAAI/bge", value: 7, difference: "upper and lower case" }]
 */
export function nearNames<T>(
  names: Iterable<string>,
  candidates: readonly Candidate<T>[],
  { most = 5, equalOnly = false, versions = !equalOnly, comparables = new Map() }: NearNamesOptions = {},
): Map<string, NearNames<T>> {
  const comparable = (name: string): ComparableName => {
    let as = comparables.get(name);
    if (!as) comparables.set(name, (as = new ComparableName(name)));
    return as;
  };
  const queries: Query[] = [...new Set(names)].map((name) => ({ name, as: comparable(name), incomplete: false }));
  if (queries.length === 0) return new Map();
  const entries = candidates.map((candidate) => ({ ...candidate, as: comparable(candidate.name) }));
  const budget = new Budget(queries.length + entries.length);
  const hits = queries.map(() => new Map<number, Hit>());
  const add = (query: number, entry: number, hit: Hit) => {
    const before = hits[query]?.get(entry);
    if (!before || rank(hit) < rank(before)) hits[query]?.set(entry, hit);
  };

  const formKeys = equalOnly ? sameNameKeys : looseKeys;
  const byForm = new Index(queries.flatMap(({ as }) => formKeys(as)));
  const bySpelling = new SpellingIndex(equalOnly ? [] : queries.flatMap(({ as }) => spellings(as)));
  for (const [i, { as }] of entries.entries()) {
    for (const key of formKeys(as)) byForm.add(key, i);
    if (!equalOnly) for (const { text, numbers } of spellings(as)) bySpelling.add(text, numbers, i);
  }
  for (const [q, query] of queries.entries()) {
    const { name, as } = query;
    for (const i of firstOf(byForm.of(formKeys(as)), budget, query)) {
      const entry = entries[i];
      if (entry) add(q, i, { difference: differenceOf(name, as, entry.name, entry.as), size: 0 });
    }
    if (equalOnly) continue;
    for (const spelling of spellings(as)) {
      for (const i of firstOf(bySpelling.of(spelling), budget, query)) {
        const size = spellingDistance(spelling, entries[i]?.as);
        if (size !== undefined) add(q, i, { difference: "spelling", size });
      }
    }
  }
  if (versions) {
    for (const [q, i] of versionPairs(queries, entries, budget)) {
      const parts = sharedPart(queries[q]?.as, entries[i]?.as);
      if (parts >= LEAST_SHARED) add(q, i, { difference: "version", size: 1 - parts });
    }
  }

  return new Map(
    queries.map(({ name, as, incomplete }, q) => {
      const saysDataset = as.words.some((word) => DATA_WORDS.has(word));
      const sorted = [...(hits[q] ?? [])]
        .filter(([i, { difference }]) => {
          const entry = entries[i];
          const isOther = difference === "spelling" || difference === "version";
          return entry && !(isOther && saysDataset && isOfOtherKind(entry));
        })
        .sort(([i, a], [j, b]) => rank(a) - rank(b) || i - j);
      const nearest = sorted.slice(0, most).flatMap(([i, { difference }]) => {
        const entry = entries[i];
        return entry ? [{ name: entry.name, value: entry.value, difference }] : [];
      });
      return [name, { nearest, more: sorted.length - nearest.length, incomplete }];
    }),
  );
}

interface Named {
  as: ComparableName;
}

interface Query extends Named {
  name: string;
  /** True if the budget did not suffice to compare all candidates. */
  incomplete: boolean;
}

/** Returns true for a model or an agent whose name does not say that it is a dataset. */
const isOfOtherKind = ({ kind, as }: Named & { kind?: Kind }) =>
  kind !== undefined && kind !== "dataset" && !as.words.some((word) => DATA_WORDS.has(word));

/** Merges two lists that are sorted by difference. Of equal ones, the first list's come first. */
export const byDifference = <T>(first: readonly NearName<T>[], second: readonly NearName<T>[]): NearName<T>[] =>
  [...first, ...second].sort((a, b) => ORDER.indexOf(a.difference) - ORDER.indexOf(b.difference));

interface Hit {
  difference: NameDifference;
  /** Orders hits with the same difference. */
  size: number;
}

const rank = ({ difference, size }: Hit) => ORDER.indexOf(difference) * 100 + size;

/** Entries by keys. Contains only keys that can be asked for. */
class Index {
  readonly #entries: Map<string, number[]>;

  /** @param keys The keys that will be looked up. */
  constructor(keys: Iterable<string>) {
    this.#entries = new Map();
    for (const key of keys) if (!this.#entries.has(key)) this.#entries.set(key, []);
  }

  add(key: string, entry: number): void {
    const list = this.#entries.get(key);
    if (list && list.at(-1) !== entry) list.push(entry);
  }

  /** Returns the entries with each of the keys. */
  of(keys: Iterable<string>): (readonly number[])[] {
    const lists: (readonly number[])[] = [];
    for (const key of keys) {
      const list = this.#entries.get(key);
      if (list && list.length > 0) lists.push(list);
    }
    return lists;
  }
}

/** Returns the entries of several lists, those of the shortest list first, as many as the budget allows. */
function firstOf(lists: (readonly number[])[], budget: Budget, query: Query): Set<number> {
  const entries = new Set<number>();
  const wanted = lists.reduce((sum, { length }) => sum + length, 0);
  let left = budget.take(wanted);
  if (left < wanted) query.incomplete = true;
  if (lists.length > 1) lists.sort((a, b) => a.length - b.length);
  for (const list of lists) {
    for (const entry of list) {
      if (left-- <= 0) return entries;
      entries.add(entry);
    }
  }
  return entries;
}

/** Returns the keys of the names that are equal, as a whole or without the organization. */
const sameNameKeys = ({ coarsest, local }: ComparableName) => (local ? [coarsest, local.coarsest] : [coarsest]);

/** Returns these keys, and those of the names that are equal without words for the kind. */
function looseKeys(name: ComparableName): string[] {
  const keys = sameNameKeys(name);
  for (const { words } of name.local ? [name, name.local] : [name]) {
    const telling = tellingWords(words);
    if (telling.length > 0 && telling.length < words.length) keys.push(looks(telling.join("")));
  }
  return keys;
}

const tellingWords = (words: readonly string[]) => words.filter((word) => !KIND_WORDS.has(word));

function differenceOf(name: string, as: ComparableName, other: string, otherAs: ComparableName): NameDifference {
  const isEqual = [otherAs, otherAs.local].some(
    (each) => each && (each.coarsest === as.coarsest || each.coarsest === as.local?.coarsest),
  );
  return formDifference(name, other, as, otherAs) ?? (isEqual ? "organization" : "version");
}

/** A text whose spelling is compared. */
interface Spelling {
  text: string;
  /** Its numbers. Names with other numbers name other things, such as GPT-3 and GPT-4, however small their distance. */
  numbers: string;
  /** True if words that say the kind are part of it. Two such texts are not compared: their names are what differs. */
  hasKind: boolean;
}

/** Returns the texts whose spelling is compared: with and without organization, with and without the kind. */
const spellings = (name: ComparableName): Spelling[] =>
  [name, ...(name.local ? [name.local] : [])].flatMap(spellingsOf);

function spellingsOf({ compact, words }: ComparableName): Spelling[] {
  const telling = tellingWords(words);
  if (telling.length === words.length) return [spellingOf(compact, false)];
  return [spellingOf(telling.join(""), false), spellingOf(compact, true)];
}

const spellingOf = (text: string, hasKind: boolean): Spelling => ({ text, numbers: numbersIn(text), hasKind });
const numbersIn = (text: string) => text.match(/\d+/g)?.join(",") ?? "";

/** The most edits by which two names of this length may differ. */
const mostEdits = (length: number) => (length < 5 ? 0 : length < 10 ? 1 : 2);

/** Returns the edit distance if it is small for the length of the names. */
function spellingDistance({ text, numbers, hasKind }: Spelling, other: ComparableName | undefined): number | undefined {
  let least: number | undefined;
  for (const each of other ? spellings(other) : []) {
    if (hasKind && each.hasKind) continue;
    if (each.text === text) continue;
    if (Math.abs(each.text.length - text.length) > LARGEST_SHIFT || each.numbers !== numbers) continue;
    const allowed = mostEdits(Math.max(each.text.length, text.length));
    const edits = distance(each.text, text);
    if (edits <= allowed || (allowed > 0 && isTransposition(each.text, text))) least = Math.min(least ?? edits, edits);
  }
  return least;
}

/** Returns true if one text is the other with two neighbouring characters exchanged. */
function isTransposition(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let i = 0;
  while (one[i] === other[i]) i++;
  return one[i] === other[i + 1] && one[i + 1] === other[i] && one.slice(i + 2) === other.slice(i + 2);
}

/** Number of segments that a text is cut into. A text within two edits has at least one of them unchanged. */
const SEGMENTS = 3;
const LARGEST_SHIFT = 2;

/** Finds texts within two edits that have the same numbers, by segments that they share (the method of Pass-Join). */
class SpellingIndex {
  /** Entries by length and numbers, then by segment. Only groups that a query can ask for. */
  readonly #groups = new Map<string, Map<string, number[]>>();

  /** @param queries The texts that will be looked up. */
  constructor(queries: readonly Spelling[]) {
    for (const { text, numbers } of queries) {
      for (let length = text.length - LARGEST_SHIFT; length <= text.length + LARGEST_SHIFT; length++) {
        if (mostEdits(Math.max(length, text.length)) > 0) this.#groups.set(`${length}|${numbers}`, new Map());
      }
    }
  }

  add(text: string, numbers: string, entry: number): void {
    const group = this.#groups.get(`${text.length}|${numbers}`);
    if (!group) return;
    for (let segment = 0; segment < SEGMENTS; segment++) {
      const [from, to] = [start(segment, text.length), start(segment + 1, text.length)];
      const segmentKey = `${segment}${text.slice(from, to)}`;
      const list = group.get(segmentKey);
      if (list) list.push(entry);
      else group.set(segmentKey, [entry]);
    }
  }

  /** Returns the entries whose text shares a segment with this one, at most {@link LARGEST_SHIFT} characters away. */
  /** Returns the entries that share each segment. */
  of({ text, numbers }: Spelling): (readonly number[])[] {
    const lists: (readonly number[])[] = [];
    for (let length = text.length - LARGEST_SHIFT; length <= text.length + LARGEST_SHIFT; length++) {
      const group = this.#groups.get(`${length}|${numbers}`);
      if (!group) continue;
      for (let segment = 0; segment < SEGMENTS; segment++) {
        const from = start(segment, length);
        const size = start(segment + 1, length) - from;
        const last = Math.min(text.length - size, from + LARGEST_SHIFT);
        for (let at = Math.max(0, from - LARGEST_SHIFT); at <= last; at++) {
          const list = group.get(`${segment}${text.slice(at, at + size)}`);
          if (list) lists.push(list);
        }
      }
    }
    return lists;
  }
}

const start = (segment: number, length: number) => Math.floor((segment * length) / SEGMENTS);

/** The part of the longer name's characters that the shorter one must have. */
const LEAST_SHARED = 0.25;

/** Finds the pairs in which the words of one name stand together in the other one. */
function* versionPairs(
  queries: readonly Query[],
  entries: readonly Named[],
  budget: Budget,
): Generator<[number, number]> {
  const [wholeQueries, wholeEntries] = [new WordsIndex(queries), new WordsIndex(entries)];
  for (const [q, query] of queries.entries()) {
    for (const i of firstOf(wholeEntries.within(query.as), budget, query)) yield [q, i];
  }
  for (const [i, { as }] of entries.entries()) {
    for (const list of wholeQueries.within(as)) for (const q of list) yield [q, i];
  }
}

const MOST_WORDS = 16;
/** Number of characters by which most runs of words are excluded before they are put together. */
const BEGINNING = 2;
/** Marks the words of a short name, which are looked for only where a name begins. */
const AT_BEGINNING = "^";

/** Finds the names of which all words stand together in a longer name, with or without spaces between them. */
class WordsIndex {
  readonly #byWords = new Map<string, number[]>();
  readonly #beginnings = new Set<string>();

  constructor(names: readonly Named[]) {
    for (const [i, { as }] of names.entries()) {
      this.#add(as, i);
      if (as.local) this.#add(as.local, i);
    }
  }

  #add({ words }: ComparableName, name: number): void {
    const run = words.join("");
    const isShort = !isTelling(words);
    if (isShort && !SHORT_NAME.test(run)) return;
    const key = isShort ? AT_BEGINNING + run : run;
    const list = this.#byWords.get(key);
    if (!list) this.#byWords.set(key, [name]);
    else if (list.at(-1) !== name) list.push(name);
    this.#beginnings.add(run.slice(0, BEGINNING));
  }

  within({ words, local }: ComparableName): (readonly number[])[] {
    return [...this.#runs(words), ...(local ? this.#runs(local.words) : [])];
  }

  *#runs(words: readonly string[]): Generator<readonly number[]> {
    const count = Math.min(words.length, MOST_WORDS);
    for (let from = 0; from < count; from++) {
      let run = "";
      for (let to = from; to < count; to++) {
        run += words[to];
        if (run.length < BEGINNING) continue;
        if (!this.#beginnings.has(run.slice(0, BEGINNING))) break;
        const list = this.#byWords.get(run);
        if (list) yield list;
        const isBeginning = from === 0 && !IS_SYMBOLS.test(words[to + 1] ?? "");
        const atBeginning = isBeginning ? this.#byWords.get(AT_BEGINNING + run) : undefined;
        if (atBeginning) yield atBeginning;
      }
    }
  }
}

const IS_SYMBOLS = /^\p{S}/u;
/** A name such as T5, C4 or Yi: too short to tell much in the middle of another name. */
const SHORT_NAME = /^(?=.*\p{L})[\p{L}\p{N}]{2,4}$/u;

/** Words that say the kind of a thing, not which one it is. */
const KIND_WORDS = new Set("a an the api benchmark corpora corpus data dataset datasets model models".split(" "));
/** Words that say that a thing is data. */
const DATA_WORDS = new Set("benchmark corpora corpus data dataset datasets".split(" "));
/** Words that many names have beside the one that tells them apart. */
const GENERAL = new Set([
  ...KIND_WORDS,
  ..."of and for in on base chat code collection generation image language large library mini open small text tiny tokenizer training video vision web".split(
    " ",
  ),
]);

/** Returns true if the words can name something by themselves: one of them is a name and not a general word. */
const isTelling = (words: readonly string[]) => words.some((word) => /\p{L}{3}/u.test(word) && !GENERAL.has(word));

/** Returns the part of the longer name's characters that the shorter name has, compared without organizations. */
function sharedPart(one: ComparableName | undefined, other: ComparableName | undefined): number {
  if (!one || !other) return 0;
  const lengths = [one, other].map((name) => (name.local ?? name).words.join("").length);
  return Math.min(...lengths) / Math.max(...lengths, 1);
}
