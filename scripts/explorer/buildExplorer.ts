import { rmSync } from "node:fs";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { DIST, EXPLORER } from "./viteConfig.ts";

const ROOT = join(EXPLORER, "..");
/** Inputs of the build, relative to the root of the repository. */
const SOURCES = ["explorer/index.html", "explorer/src", "explorer/public", "client", "protocol", "package-lock.json"];

export interface BuildExplorerOptions {
  /** Builds even if the last build is newer than its inputs. Default: false. */
  force?: boolean;
  /** Called before a build starts. */
  onBuild?: () => void;
}

/** Builds the explorer if the last build is older than its inputs. Returns the folder of the build. */
export async function buildExplorer({ force = false, onBuild }: BuildExplorerOptions = {}): Promise<string> {
  if (!force && (await isFresh())) return DIST;
  onBuild?.();
  const [{ build }, { viteConfig }] = await Promise.all([import("vite"), import("./viteConfig.ts")]);
  await removeUnfinished();
  const unfinished = `${DIST}.${process.pid}`;
  const removeOwn = () => rmSync(unfinished, { recursive: true, force: true });
  process.on("exit", removeOwn);
  try {
    await build(viteConfig(unfinished));
    // A build that is cut short never takes the place of a whole one.
    await rm(DIST, { recursive: true, force: true });
    await rename(unfinished, DIST);
  } finally {
    removeOwn();
    process.off("exit", removeOwn);
  }
  return DIST;
}

/** Removes what builds left that were killed. */
async function removeUnfinished(): Promise<void> {
  for (const name of await readdir(EXPLORER)) {
    const [, pid] = /^dist\.(\d+)$/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(EXPLORER, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function isFresh(): Promise<boolean> {
  const buildTime = await changeTime(join(DIST, "index.html")).catch(() => 0);
  const inputTimes = await Promise.all(SOURCES.map((path) => newestChangeTime(join(ROOT, path))));
  return buildTime > Math.max(...inputTimes);
}

const changeTime = async (path: string) => (await stat(path)).mtimeMs;

async function newestChangeTime(path: string): Promise<number> {
  if (!(await stat(path)).isDirectory()) return changeTime(path);
  const entries = await readdir(path, { recursive: true });
  return Math.max(...(await Promise.all(entries.map((entry) => changeTime(join(path, entry))))));
}
