import { deserialize, serialize } from "node:v8";
import type { SavedColumn } from "./columns.ts";

/**
 * The format of snapshots. Increase it when the meaning of a column changes: snapshots of other formats are ignored.
 */
export const SNAPSHOT_FORMAT = 4;

interface Column {
  save: () => SavedColumn;
  load: (saved: SavedColumn) => void;
}

/** A part of a state that is not saved as a whole: it derives the rest after loading. */
interface Derived {
  afterLoad: () => void;
}

const isColumn = (part: object): part is Column => "save" in part && "load" in part;
const isDerived = (part: object): part is Derived => "afterLoad" in part;

/** Serializes a whole state for {@link loadSnapshot}, without the history that can undo its last blocks. */
export function saveSnapshot(state: object): Uint8Array {
  const saved = new Map<string, SavedColumn>();
  for (const [path, part] of partsOf(state)) if (isColumn(part)) saved.set(path, part.save());
  return serialize(saved);
}

/**
 * Loads a snapshot into an empty state. Returns false, and leaves the state empty, if the snapshot has other columns.
 *
 * @throws {Error} if the bytes are not a snapshot.
 */
export function loadSnapshot(empty: object, bytes: Uint8Array): boolean {
  const saved: Map<string, SavedColumn> = deserialize(bytes);
  const parts = [...partsOf(empty)];
  const columns = parts.filter((each): each is [string, Column] => isColumn(each[1]));
  if (columns.length !== saved.size || !columns.every(([path]) => saved.has(path))) return false;
  for (const [path, column] of columns) column.load(saved.get(path) ?? []);
  for (const [, part] of parts) if (isDerived(part)) part.afterLoad();
  return true;
}

/** Yields every column, map and table of a state, with its path in the state. */
function* partsOf(state: object, path = ""): Generator<[path: string, part: object]> {
  for (const [name, value] of Object.entries(state)) {
    if (typeof value !== "object" || value === null || name === "history") continue;
    const at = `${path}/${name}`;
    yield [at, value];
    if (!isColumn(value)) yield* partsOf(value, at);
  }
}
