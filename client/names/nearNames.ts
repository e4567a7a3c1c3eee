import { distance } from "fastest-levenshtein";
import { type ComparableName, comparableName, formDifference, type NameDifference } from "./comparableName.ts";

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
}

export interface Candidate<T> {
  name: string;
  value: T;
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

/** The most candidates of one kind that are compared with a name. It bounds the work that strangers' names can cause. */
const MOST_COMPARED = 200;

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
    if (!as) comparables.set(name, (as = comparableName(name)));
    return as;
  };
  const queries = [...new Set(names)].map((name) => ({ name, as: comparable(name) }));
  if (queries.length === 0) return new Map();
  const entries = candidates.map(({ name, value }) => ({ name, value, as: comparable(name) }));
  const hits = queries.map(() => new Map<number, Hit>());
  const add = (query: number, entry: number, hit: Hit) => {
    const before = hits[query]?.get(entry);
    if (!before || rank(hit) < rank(before)) hits[query]?.set(entry, hit);
  };

  const byForm = new Index();
  for (const [i, { as }] of entries.entries()) for (const key of formKeys(as)) byForm.add(key, i);
  const bySpelling = new SpellingIndex(
    equalOnly ? [] : queries.flatMap(({ as }) => spellings(as).map(({ text }) => text)),
  );
  if (!equalOnly) {
    for (const [i, { as }] of entries.entries()) for (const { text } of spellings(as)) bySpelling.add(text, i);
  }
  for (const [q, { name, as }] of queries.entries()) {
    for (const i of byForm.of(formKeys(as))) {
      const entry = entries[i];
      if (entry) add(q, i, { difference: formDifference(name, entry.name, as, entry.as) ?? "organization", size: 0 });
    }
    for (const spelling of equalOnly ? [] : spellings(as)) {
      for (const i of bySpelling.of(spelling.text)) {
        const size = spellingDistance(spelling, entries[i]?.as);
        if (size !== undefined) add(q, i, { difference: "spelling", size });
      }
    }
  }
  if (versions) {
    for (const [q, i] of versionPairs(queries, entries)) {
      const parts = sharedPart(queries[q]?.as, entries[i]?.as);
      if (parts >= LEAST_SHARED) add(q, i, { difference: "version", size: 1 - parts });
    }
  }

  return new Map(
    queries.map(({ name }, q) => {
      const sorted = [...(hits[q] ?? [])].sort(([i, a], [j, b]) => rank(a) - rank(b) || i - j);
      const nearest = sorted.slice(0, most).flatMap(([i, { difference }]) => {
        const entry = entries[i];
        return entry ? [{ name: entry.name, value: entry.value, difference }] : [];
      });
      return [name, { nearest, more: sorted.length - nearest.length }];
    }),
  );
}

interface Hit {
  difference: NameDifference;
  /** Orders hits with the same difference. */
  size: number;
}

const rank = ({ difference, size }: Hit) => ORDER.indexOf(difference) * 100 + size;

/** Entries by keys. */
class Index {
  readonly #entries = new Map<string, number[]>();

  add(key: string, entry: number): void {
    const list = this.#entries.get(key);
    if (!list) this.#entries.set(key, [entry]);
    else if (list.at(-1) !== entry) list.push(entry);
  }

  /** Returns the entries with one of the keys, those with the rarest keys first, {@link MOST_COMPARED} at most. */
  of(keys: Iterable<string>): Set<number> {
    const lists: (readonly number[])[] = [];
    for (const key of keys) {
      const list = this.#entries.get(key);
      if (list) lists.push(list);
    }
    return firstOf(lists);
  }
}

function firstOf(lists: (readonly number[])[]): Set<number> {
  const entries = new Set<number>();
  if (lists.length > 1) lists.sort((a, b) => a.length - b.length);
  for (const list of lists) {
    for (const entry of list) {
      if (entries.size >= MOST_COMPARED) return entries;
      entries.add(entry);
    }
  }
  return entries;
}

const coarsest = ({ forms }: ComparableName) => forms.at(-1) ?? "";
const formKeys = (name: ComparableName) => [coarsest(name), ...(name.local ? [coarsest(name.local)] : [])];

/** A text whose spelling is compared. */
interface Spelling {
  text: string;
  /** True if words that say the kind are part of it. Two such texts are not compared: their names are what differs. */
  hasKind: boolean;
}

/** Returns the texts whose spelling is compared: with and without organization, with and without the kind. */
const spellings = (name: ComparableName): Spelling[] =>
  [name, ...(name.local ? [name.local] : [])].flatMap(spellingsOf);

function spellingsOf({ compact, words }: ComparableName): Spelling[] {
  if (!words.some((word) => KIND_WORDS.has(word))) return [{ text: compact, hasKind: false }];
  const telling = words.filter((word) => !KIND_WORDS.has(word)).join("");
  return [
    { text: telling, hasKind: false },
    { text: compact, hasKind: true },
  ];
}

/** The most edits by which two names of this length may differ. */
const mostEdits = (length: number) => (length < 5 ? 0 : length < 10 ? 1 : 2);

/** Names with other numbers name other things, such as GPT-3 and GPT-4, however small their distance. */
const numbersIn = (text: string) => text.match(/\d+/g)?.join(",") ?? "";

/** Returns the edit distance if it is small for the length of the names. */
function spellingDistance({ text, hasKind }: Spelling, other: ComparableName | undefined): number | undefined {
  let least: number | undefined;
  for (const { text: each, hasKind: alsoHasKind } of other ? spellings(other) : []) {
    if (hasKind && alsoHasKind) continue;
    if (each === text || Math.abs(each.length - text.length) > LARGEST_SHIFT || numbersIn(each) !== numbersIn(text)) {
      continue;
    }
    const allowed = mostEdits(Math.max(each.length, text.length));
    const edits = distance(each, text);
    if (edits <= allowed || (allowed > 0 && isTransposition(each, text))) least = Math.min(least ?? edits, edits);
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
  constructor(queries: readonly string[]) {
    for (const text of queries) {
      const numbers = numbersIn(text);
      for (let length = text.length - LARGEST_SHIFT; length <= text.length + LARGEST_SHIFT; length++) {
        if (mostEdits(Math.max(length, text.length)) > 0) this.#groups.set(`${length}|${numbers}`, new Map());
      }
    }
  }

  add(text: string, entry: number): void {
    const group = this.#groups.get(`${text.length}|${numbersIn(text)}`);
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
  of(text: string): Set<number> {
    const lists: (readonly number[])[] = [];
    const numbers = numbersIn(text);
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
    return firstOf(lists);
  }
}

const start = (segment: number, length: number) => Math.floor((segment * length) / SEGMENTS);

/** The part of the longer name's characters that the shorter one must have. */
const LEAST_SHARED = 0.25;

interface Named {
  as: ComparableName;
}

/** Finds the pairs in which the words of one name stand together in the other one. */
function* versionPairs(queries: readonly Named[], entries: readonly Named[]): Generator<[number, number]> {
  const [wholeQueries, wholeEntries] = [new WordsIndex(queries), new WordsIndex(entries)];
  for (const [q, { as }] of queries.entries()) for (const i of wholeEntries.within(as.words)) yield [q, i];
  for (const [i, { as }] of entries.entries()) for (const q of wholeQueries.within(as.words)) yield [q, i];
}

const MOST_WORDS = 16;

/** Finds the names of which all words stand together in a longer name. */
class WordsIndex {
  readonly #byWords = new Index();
  readonly #firstWords = new Set<string>();

  constructor(names: readonly Named[]) {
    for (const [i, { as }] of names.entries()) {
      for (const { words } of [as, ...(as.local ? [as.local] : [])]) {
        if (!isTelling(words)) continue;
        this.#byWords.add(words.join(" "), i);
        this.#firstWords.add(words[0] ?? "");
      }
    }
  }

  within(words: readonly string[]): Iterable<number> {
    const runs: string[] = [];
    const count = Math.min(words.length, MOST_WORDS);
    for (let from = 0; from < count; from++) {
      let run = words[from] ?? "";
      if (!this.#firstWords.has(run)) continue;
      runs.push(run);
      for (let to = from + 1; to < count; to++) runs.push((run = `${run} ${words[to]}`));
    }
    return runs.length === 0 ? [] : this.#byWords.of(runs);
  }
}

/** Words that say the kind of a thing, not which one it is. */
const KIND_WORDS = new Set("a an the api benchmark corpora corpus data dataset datasets model models".split(" "));
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
