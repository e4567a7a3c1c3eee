import { existsSync } from "node:fs";
import { readdir, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

/**
 * Builds the contracts if anything has changed since the last build. A build without changes still takes seconds, and
 * writes files that other commands may be reading.
 */
export async function buildContracts(hre: Pick<HardhatRuntimeEnvironment, "config" | "tasks">): Promise<void> {
  const { root, cache, artifacts, sources } = hre.config.paths;
  const marker = join(cache, "built");
  const settings = [join(root, "hardhat.config.ts"), join(root, "package-lock.json")];
  const changes = await Promise.all([...settings.map(changedMs), ...sources.solidity.map(newestWithin)]);
  const built = [artifacts, join(root, "types")].every((folder) => existsSync(folder));
  if (built && (await changedMs(marker)) > Math.max(...changes)) return;

  const begun = new Date();
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  await writeFile(marker, "");
  await utimes(marker, begun, begun); // changes during the build are left to the next build
}

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
