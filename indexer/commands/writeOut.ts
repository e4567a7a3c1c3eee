import { rename, rm, writeFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** The standard output, where a file could be named. */
export const STANDARD_OUTPUT = "-";

/**
 * Writes text as it comes to a file, or to the standard output for `-`. A file has its name once it is whole: until then
 * it ends in `.part`, and nothing is left if it does not come to that.
 *
 * @throws the signal's reason if it aborts first.
 */
export async function writeOut(file: string, text: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  if (file === STANDARD_OUTPUT) return writeToStandardOutput(text, signal);
  const part = `${file}.part`;
  try {
    await writeFile(part, text, { signal });
  } catch (error) {
    await rm(part, { force: true });
    signal.throwIfAborted();
    throw error;
  }
  await rename(part, file);
}

async function writeToStandardOutput(text: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
  try {
    await pipeline(Readable.from(text), process.stdout, { end: false, signal });
  } catch (error) {
    signal.throwIfAborted();
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error; // whoever reads it has read enough
  }
}
