import { readFile } from "node:fs/promises";
import { UserError } from "#protocol/userError.ts";
import { type Lineage, parseLineage } from "#protocol/lineage.ts";

/** Reads a lineage file (docs/lineage-files.md). */
export async function readLineage(file: string): Promise<Lineage> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new UserError(`${file} cannot be read as JSON: ${(cause as Error).message}`, { cause });
  }
  return parseLineage(content, file);
}
