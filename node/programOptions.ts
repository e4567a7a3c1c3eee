import { parseArgs, type ParseArgsConfig } from "node:util";

/**
 * Parses the options of the running program. If one is unknown or lacks its value, prints the reason and ends the process
 * with the exit code 1.
 *
 * @param usage How the program is run, such as `npm run bench:gas -- [--json FILE]`.
 */
export function programOptions<T extends ParseArgsConfig>(usage: string, config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    return failUsage(usage, (error as Error).message);
  }
}

/** Prints why the program's options cannot be used, and ends the process with the exit code 1. */
export function failUsage(usage: string, reason: string): never {
  console.error(`${/[.!?]$/.test(reason) ? reason : `${reason}.`} Usage: ${usage}`);
  process.exit(1);
}
