import { existsSync } from "node:fs";
import { readdir, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { endChildrenOnExit } from "#node/endChildren.ts";

/** The folders that a build reads and writes. */
export interface BuildPaths {
  root: string;
  cache: string;
  artifacts: string;
  sources: { solidity: string[] };
}

/**
 * Builds the contracts if anything has changed since the last build. A build without changes still takes seconds, and
 * writes files that other commands may be reading.
 */
export async function buildContracts(hre: Pick<HardhatRuntimeEnvironment, "config" | "tasks">): Promise<void> {
  if (await isBuilt(hre.config.paths)) return;
  const marker = markerIn(hre.config.paths);
  const begun = new Date();
  const ignore = endChildrenOnExit(); // the compiler is one
  try {
    await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  } finally {
    ignore();
  }
  await writeFile(marker, "");
  await utimes(marker, begun, begun); // changes during the build are left to the next build
}

/** Returns the folders of a checkout, for a look that loads no Hardhat. */
export const buildPathsIn = (root: string): BuildPaths => ({
  root,
  cache: join(root, "cache"),
  artifacts: join(root, "artifacts"),
  sources: { solidity: [join(root, "contracts")] },
});

/** Returns true if the contracts are built and nothing has changed since. */
export async function isBuilt(paths: BuildPaths): Promise<boolean> {
  const { root, artifacts, sources } = paths;
  if (![artifacts, join(root, "types")].every((folder) => existsSync(folder))) return false;
  const settings = [join(root, "hardhat.config.ts"), join(root, "package-lock.json")];
  const changes = await Promise.all([...settings.map(changedMs), ...sources.solidity.map(newestWithin)]);
  return (await changedMs(markerIn(paths))) > Math.max(...changes);
}

/** The file whose time is that of the last build. */
const markerIn = ({ cache }: BuildPaths) => join(cache, "built");

/** Returns the time of a file's last change, in milliseconds since 1970; 0 if there is no file. */
const changedMs = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

/** Returns the time of the last change, addition or removal in a folder, in milliseconds since 1970. */
async function newestWithin(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true });
  return Math.max(...(await Promise.all(["", ...entries].map((entry) => changedMs(join(folder, entry))))));
}
