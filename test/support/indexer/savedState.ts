import { deserialize } from "node:v8";
import { saveSnapshot } from "../../../indexer/columns/snapshot.ts";

/** Returns the content of a state, for comparison with another. The order of a map's entries has no meaning. */
export function savedState(state: object): Record<string, unknown> {
  const saved: Map<string, unknown> = deserialize(saveSnapshot(state));
  return Object.fromEntries(
    Array.from(saved, ([path, content]) => [path, isEntries(content) ? new Map(content) : content]),
  );
}

const isEntries = (content: unknown): content is [unknown, unknown][] =>
  Array.isArray(content) && content.length > 0 && content.every((entry) => Array.isArray(entry) && entry.length === 2);
