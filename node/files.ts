import { readFile, writeFile } from "node:fs/promises";
import { UserError } from "#protocol/userError.ts";

/**
 * Reads a file as text.
 *
 * @throws {UserError} if the file cannot be read.
 */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new UserError(`${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/**
 * Reads a file as JSON.
 *
 * @throws {UserError} if the file cannot be read, or is not JSON.
 */
export async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readText(file));
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`${file} is not valid JSON: ${(cause as Error).message}`, { cause });
  }
}

/**
 * Writes a new file. Never overwrites one.
 *
 * @throws {UserError} if the file exists already, or cannot be written.
 */
export async function writeNewFile(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: "wx" });
  } catch (cause) {
    throw new UserError(`${file} cannot be written: ${(cause as Error).message}`, { cause });
  }
}
