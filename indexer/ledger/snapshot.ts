import { deserialize, serialize } from "node:v8";
import type { Address } from "viem";
import type { Saved } from "./columns.ts";
import { LedgerState } from "./state.ts";

/** Raise it whenever the state's columns change: a snapshot of another format is not read. */
export const SNAPSHOT_FORMAT = 2;

interface Column {
  save: () => Saved;
  load: (saved: Saved) => void;
}

const isColumn = (part: object): part is Column => "save" in part && "load" in part;

/** The whole state as bytes, to be read by {@link loadSnapshot}; how to undo its last blocks is not in it. */
export function saveSnapshot(state: LedgerState): Uint8Array {
  const saved = new Map<string, Saved>();
  for (const [path, column] of columnsOf(state)) saved.set(path, column.save());
  return serialize(saved);
}

/** @throws {Error} if the bytes are not a snapshot of this format. */
export function loadSnapshot(ledger: Address, bytes: Uint8Array): LedgerState {
  const saved: Map<string, Saved> = deserialize(bytes);
  const state = new LedgerState(ledger);
  for (const [path, column] of columnsOf(state)) {
    const content = saved.get(path);
    if (!content) throw new Error(`The snapshot has no ${path}.`);
    column.load(content);
  }
  for (const table of [state.accounts, state.assets, state.holdings]) table.afterLoad();
  return state;
}

/** Every column and map of the state, by its path in it. */
function* columnsOf(part: object, path = ""): Generator<[path: string, column: Column]> {
  for (const [name, value] of Object.entries(part)) {
    if (typeof value !== "object" || value === null || name === "history") continue;
    const at = `${path}/${name}`;
    if (isColumn(value)) yield [at, value];
    else yield* columnsOf(value, at);
  }
}
