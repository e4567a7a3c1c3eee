import { isWalk, STEPS_A_TURN, type Walk } from "../scheduling/walk.ts";
import { Problem } from "./problem.ts";
import { problemCodes } from "./problemCodes.ts";

type Key = number | bigint | string;

interface Keyed {
  place: number;
  key: Key;
}

const byKey = (a: Keyed, b: Keyed) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.place - b.place);

/** A list before filtering and paging: places from 0, some of which hold an item that matches the filters. */
export interface Rows<T> {
  length: number;
  /** Returns true if the item at a place matches the filters. Default: every item does. */
  has?(place: number): boolean;
  at(place: number): T;
  cursorOf(place: number): string;
  /** Returns the place that a cursor names. The page begins after it. */
  placeOf(cursor: string): number | undefined | Walk<number | undefined>;
  /** Returns the sort key; equal keys are sorted by place. Default: the places are sorted already. */
  keyOf?(place: number): Key;
  descending?: boolean;
}

export interface Paging {
  /** The highest number of items. */
  limit: number;
  /** Cursors: return only items after the first and before the second. */
  after?: string | undefined;
  before?: string | undefined;
  /** Return the last items instead of the first. */
  fromEnd?: boolean;
}

export interface Page<T> {
  items: { cursor: string; item: T }[];
  /** True if there are more items after the last one, and before the first one. */
  more: { after: boolean; before: boolean };
}

/** Reads one page. */
export function* readPage<T>(rows: Rows<T>, { limit, after, before, fromEnd = false }: Paging): Walk<Page<T>> {
  const start = yield* placeNamed(rows, "after", after);
  const end = yield* placeNamed(rows, "before", before);
  const part = {
    ...(rows.descending ? { above: end, below: start } : { above: start, below: end }),
    backwards: fromEnd !== (rows.descending === true),
  };
  const found = yield* rows.keyOf ? select(rows, rows.keyOf, limit + 1, part) : scan(rows, limit + 1, part);
  const more = found.length > limit;
  if (more) found.pop();
  if (fromEnd) found.reverse();
  return {
    items: found.map((each) => ({ cursor: rows.cursorOf(each), item: rows.at(each) })),
    more: fromEnd ? { after: before !== undefined, before: more } : { after: more, before: after !== undefined },
  };
}

/** Returns the places of all items, in the order of the list. */
export function* allPlaces<T>({ length, has, keyOf, descending }: Rows<T>): Walk<number[]> {
  const found: Keyed[] = [];
  for (let place = 0; place < length; place++) {
    if (has?.(place) ?? true) found.push({ place, key: keyOf?.(place) ?? place });
    if (place % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
  }
  if (keyOf) found.sort(byKey);
  if (descending) found.reverse();
  return found.map(({ place }) => place);
}

function* placeNamed<T>(rows: Rows<T>, name: string, cursor: string | undefined): Walk<number | undefined> {
  if (cursor === undefined) return undefined;
  const place = rows.placeOf(cursor);
  const found = isWalk(place) ? yield* place : place;
  if (found === undefined) {
    throw new Problem(
      "unknown-cursor",
      `${name}: no item of this list has the cursor ${cursor}. ${problemCodes["unknown-cursor"].remedy}`,
    );
  }
  return found;
}

interface Part {
  above: number | undefined;
  below: number | undefined;
  backwards: boolean;
}

/** Finds the first places that hold a matching item, in the order of the places. */
function* scan<T>(rows: Rows<T>, most: number, { above = -1, below = rows.length, backwards }: Part): Walk<number[]> {
  const found: number[] = [];
  const first = Math.max(0, Math.floor(above) + 1);
  const end = Math.min(rows.length, Math.ceil(below));
  for (let step = 0; step < end - first && found.length < most; step++) {
    const here = backwards ? end - 1 - step : first + step;
    if (rows.has?.(here) ?? true) found.push(here);
    if (step % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
  }
  return found;
}

/** Finds the places with the smallest keys (backwards: the largest) without sorting the rest. */
function* select<T>(
  rows: Rows<T>,
  keyOf: (place: number) => Key,
  most: number,
  { above, below, backwards }: Part,
): Walk<number[]> {
  const keyed = (at: number | undefined) => (at === undefined ? undefined : { place: at, key: keyOf(at) });
  const [low, high] = [keyed(above), keyed(below)];
  const kept: Keyed[] = [];
  for (let here = 0; here < rows.length; here++) {
    if (here % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    if (rows.has && !rows.has(here)) continue;
    const each = { place: here, key: keyOf(here) };
    if ((low && byKey(each, low) <= 0) || (high && byKey(each, high) >= 0)) continue;
    const comesBefore = (other: Keyed) => (backwards ? byKey(each, other) > 0 : byKey(each, other) < 0);
    const last = kept.at(-1);
    if (kept.length === most && last && !comesBefore(last)) continue;
    let [from, to] = [0, kept.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      const other = kept[middle];
      if (other && comesBefore(other)) to = middle;
      else from = middle + 1;
    }
    kept.splice(from, 0, each);
    if (kept.length > most) kept.pop();
  }
  return kept.map((each) => each.place);
}

/** Makes a list of items that are all in memory. */
export function rowsOf<T, R>(
  items: readonly T[],
  cursorOf: (item: T) => string,
  show: (item: T) => R,
  more: Pick<Rows<R>, "keyOf" | "descending"> = {},
): Rows<R> {
  const at = (place: number): T => {
    const item = items[place];
    if (item === undefined) throw new RangeError(`There is no item ${place}.`);
    return item;
  };
  return {
    length: items.length,
    at: (place) => show(at(place)),
    cursorOf: (place) => cursorOf(at(place)),
    *placeOf(cursor) {
      for (const [place, item] of items.entries()) {
        if (cursorOf(item) === cursor) return place;
        if (place % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
      }
      return undefined;
    },
    ...more,
  };
}
