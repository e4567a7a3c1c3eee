import { cp, mkdtemp, mkdir, rename, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { ROOT } from "../deploy/scratchCopy.ts";

/** The folder of an empty embedded database, which is made once: to make one takes seconds of processor time. */
let template: Promise<string> | undefined;

/** Puts an empty embedded database into a folder that has no store yet. Returns the folder. */
export async function withEmptyDatabase(folder: string): Promise<string> {
  const database = join(folder, "pglite");
  if (existsSync(database)) return folder;
  template ??= makeTemplate();
  await cp(await template, database, { recursive: true });
  return folder;
}

async function makeTemplate(): Promise<string> {
  const cache = join(ROOT, "node_modules/.cache/tributary");
  const { version } = createRequire(import.meta.url)(packageOf("@electric-sql/pglite")) as { version: string };
  const made = join(cache, `pglite-${version}`);
  if (existsSync(made)) return made;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, "draft-"));
  await (await PGlite.create({ dataDir: draft })).close();
  // Another process may have made one meanwhile.
  await rename(draft, made).catch(() => rm(draft, { recursive: true }));
  return made;
}

const packageOf = (name: string) => join(dirname(fileURLToPath(import.meta.resolve(name))), "../package.json");
