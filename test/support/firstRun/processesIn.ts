import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Returns the command lines of the processes that run in a folder, by their ids. */
export function processesIn(folder: string): Map<number, string> {
  const found = new Map<number, string>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (readlinkSync(`/proc/${name}/cwd`) !== folder) continue;
      const line = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
      if (line !== "") found.set(Number(name), line); // a process that has ended has no command line
    } catch {
      // It has ended, or belongs to somebody else.
    }
  }
  return found;
}
