import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { z } from "zod";
import { UserError } from "#protocol/userError.ts";

/** The decision about a name for which there is no entry with exactly that name. */
export type NameDecision =
  | { does: "placeholder" }
  | { does: "leave out" }
  /** Stands for the newest confirmed release of an asset on the ledger. */
  | { does: "asset"; id: number }
  /** Stands for what another name stands for. */
  | { does: "name"; name: string };

export type NameDecisions = ReadonlyMap<string, NameDecision>;

const DecisionsFile = z.record(
  z.string(),
  z.union([z.int().positive(), z.string().min(1)], 'must be an asset\'s id, a name, "placeholder" or "leave out"'),
);

/**
 * Parses the content of a file of decisions, such as `{"baai/bge": "BAAI/bge", "Llama-3": 17, "COCO": "placeholder"}`.
 *
 * @throws {UserError} if the content is malformed.
 */
export function parseDecisions(content: unknown, file = "This"): NameDecisions {
  const parsed = DecisionsFile.safeParse(content);
  if (!parsed.success) {
    throw new UserError(
      `${file} is not a file of decisions about names (format: docs/lineage-files.md):\n${z.prettifyError(parsed.error)}`,
    );
  }
  return new Map(Object.entries(parsed.data).map(([name, value]) => [name, decisionOf(value)]));
}

function decisionOf(value: number | string): NameDecision {
  if (typeof value === "number") return { does: "asset", id: value };
  if (value === "placeholder" || value === "leave out") return { does: value };
  return { does: "name", name: value };
}

/** Reads decisions from a file; none if no file is named, or if it does not exist yet. */
export async function readDecisions(file: string | undefined): Promise<NameDecisions> {
  if (file === undefined || !existsSync(file)) return new Map();
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new UserError(`${file} cannot be read as JSON: ${(cause as Error).message}`, { cause });
  }
  return parseDecisions(content, file);
}

/** Formats decisions as the file that {@link readDecisions} reads. */
export function decisionsText(decisions: NameDecisions): string {
  const entries = [...decisions].map(([name, decision]): [string, string | number] => {
    if (decision.does === "asset") return [name, decision.id];
    return [name, decision.does === "name" ? decision.name : decision.does];
  });
  return `${JSON.stringify(Object.fromEntries(entries), undefined, 2)}\n`;
}

export const writeDecisions = (file: string, decisions: NameDecisions): Promise<void> =>
  writeFile(file, decisionsText(decisions));
