import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { BUILT, EXPLORER } from "./viteConfig.ts";

const ROOT = join(EXPLORER, "..");
/** What it is made from. */
const SOURCES = ["explorer/index.html", "explorer/src", "explorer/public", "client", "protocol", "package-lock.json"];

export interface BuildExplorerOptions {
  /** Even if it is newer than all that it is made from. */
  force?: boolean;
  /** Told before it is built, if it is. */
  onBuild?: () => void;
}

/** Builds the explorer, unless it is newer than all that it is made from. Answers where it is. */
export async function buildExplorer({ force = false, onBuild }: BuildExplorerOptions = {}): Promise<string> {
  if (!force && (await isFresh())) return BUILT;
  onBuild?.();
  const [{ build }, { viteConfig }] = await Promise.all([import("vite"), import("./viteConfig.ts")]);
  await build(viteConfig);
  return BUILT;
}

async function isFresh(): Promise<boolean> {
  const built = await changedAt(join(BUILT, "index.html")).catch(() => 0);
  const changed = await Promise.all(SOURCES.map((path) => newestIn(join(ROOT, path))));
  return built > Math.max(...changed);
}

const changedAt = async (path: string) => (await stat(path)).mtimeMs;

async function newestIn(path: string): Promise<number> {
  if (!(await stat(path)).isDirectory()) return changedAt(path);
  const entries = await readdir(path, { recursive: true });
  return Math.max(...(await Promise.all(entries.map((entry) => changedAt(join(path, entry))))));
}
