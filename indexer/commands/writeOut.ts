import { rename, rm, writeFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Stands for the standard output in the place of a file's path. */
export const STANDARD_OUTPUT = "-";

/**
 * Writes a stream of text to a file, or to the standard output for `-`. Until the file is complete, its name ends in
 * `.part`; if writing fails, this file is removed.
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
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error; // the reader closed the pipe
  }
}
