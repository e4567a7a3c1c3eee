import { readFile, writeFile } from "node:fs/promises";
import { UserError } from "#protocol/userError.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist. Check its path.",
  ENOTDIR: "a part of its path is no folder. Check the path.",
  EISDIR: "it is a folder. Name a file in it.",
  EACCES: "you have no permission. Change the permissions, or use another path.",
  EPERM: "you have no permission. Change the permissions, or use another path.",
  EROFS: "the disk is read-only. Use another path.",
  ENOSPC: "the disk is full. Free some space.",
  EEXIST: "it exists already. Name another file.",
};

/** Returns why a file could not be read or written, and the remedy. */
export function fileProblem(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? `${message}.`;
}

/**
 * Reads a file as text.
 *
 * @throws {UserError} if the file cannot be read.
 */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new UserError(`${file} cannot be read: ${fileProblem(cause)}`, { cause });
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
    throw new UserError(`${file} is not valid JSON: ${(cause as Error).message}. Correct it, or name another file.`, {
      cause,
    });
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
    const hasNoFolder = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const problem = hasNoFolder
      ? "its folder does not exist. Create the folder, or use another path."
      : fileProblem(cause);
    throw new UserError(`${file} cannot be written: ${problem}`, { cause });
  }
}
