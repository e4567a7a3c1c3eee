import { readJson } from "#node/files.ts";
import { type Lineage, parseLineage } from "#protocol/lineage.ts";

/** Reads a lineage file (docs/lineage-files.md). */
export const readLineage = async (file: string): Promise<Lineage> => parseLineage(await readJson(file), file);
