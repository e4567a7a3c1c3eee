import { deserialize, serialize } from "node:v8";
import type { Saved } from "./columns.ts";

/** Raise it whenever the meaning of a column changes: a snapshot of another format is not read. */
export const SNAPSHOT_FORMAT = 3;

interface Column {
  save: () => Saved;
  load: (saved: Saved) => void;
}

/** A part of a state that derives what it does not save. */
interface Derived {
  afterLoad: () => void;
}

const isColumn = (part: object): part is Column => "save" in part && "load" in part;
const isDerived = (part: object): part is Derived => "afterLoad" in part;

/** Returns a whole state as bytes, for {@link loadSnapshot}. How to undo its last blocks is not in it. */
export function saveSnapshot(state: object): Uint8Array {
  const saved = new Map<string, Saved>();
  for (const [path, part] of partsOf(state)) if (isColumn(part)) saved.set(path, part.save());
  return serialize(saved);
}

/**
 * Fills a state that is empty yet. Returns false, and leaves it empty, if the snapshot is of a state with other columns.
 *
 * @throws {Error} if the bytes are no snapshot.
 */
export function loadSnapshot(empty: object, bytes: Uint8Array): boolean {
  const saved: Map<string, Saved> = deserialize(bytes);
  const parts = [...partsOf(empty)];
  const columns = parts.filter((each): each is [string, Column] => isColumn(each[1]));
  if (columns.length !== saved.size || !columns.every(([path]) => saved.has(path))) return false;
  for (const [path, column] of columns) column.load(saved.get(path) ?? []);
  for (const [, part] of parts) if (isDerived(part)) part.afterLoad();
  return true;
}

/** Every column, map and table of a state, by its path in it. */
function* partsOf(state: object, path = ""): Generator<[path: string, part: object]> {
  for (const [name, value] of Object.entries(state)) {
    if (typeof value !== "object" || value === null || name === "history") continue;
    const at = `${path}/${name}`;
    yield [at, value];
    if (!isColumn(value)) yield* partsOf(value, at);
  }
}
