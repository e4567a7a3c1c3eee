import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UserError } from "../userError.ts";

/** What this process holds: a lock that carries our own number may also be of a dead process that had it before us. */
const heldHere = new Set<string>();

/**
 * Takes a folder for this process alone. The store must have one writer: with two it loses rows silently. A lock left by
 * a process that is gone is taken over, one of a living process never is.
 *
 * @returns Gives the folder back.
 * @throws {UserError} while another process, or this one, holds it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const file = resolve(join(folder, "lock.pid"));
  if (!(await create(file))) await takeOver(file, folder);
  heldHere.add(file);
  return async () => {
    heldHere.delete(file);
    await rm(file, { force: true });
  };
}

/** Replaces the lock of a dead process. A second file lets one process at a time try, or two could both succeed. */
async function takeOver(file: string, folder: string): Promise<void> {
  const inUse = (by: string, remedy: string) =>
    new UserError(`The folder ${folder} is in use${by}. Stop that process, or choose another folder. ${remedy}`);
  const attempt = `${file}.takeover`;
  if (!(await create(attempt))) throw inUse("", `If no process is running, delete ${attempt} and ${file}.`);
  try {
    const holder = Number(await readFile(file, "utf8").catch(() => "0"));
    if (isHeld(file, holder)) throw inUse(` by process ${holder}`, "");
    await rm(file, { force: true });
    if (!(await create(file))) throw inUse("", "");
  } finally {
    await rm(attempt, { force: true });
  }
}

/** Makes the file, with our number in it from the first instant; answers false if there is one. */
async function create(file: string): Promise<boolean> {
  const draft = `${file}.${process.pid}.${randomUUID()}`;
  await writeFile(draft, String(process.pid));
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft);
  }
}

function isHeld(file: string, holder: number): boolean {
  if (holder === process.pid) return heldHere.has(file);
  if (!Number.isInteger(holder) || holder <= 0) return false;
  try {
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
