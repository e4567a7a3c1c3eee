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
    const [holder = 0, started] = (await readFile(file, "utf8").catch(() => "")).split(" ").map(Number);
    if (await isHeld(file, holder, started)) throw inUse(` by process ${holder}`, "");
    await rm(file, { force: true });
    if (!(await create(file))) throw inUse("", "");
  } finally {
    await rm(attempt, { force: true });
  }
}

/** Makes the file, with our number and start in it from the first instant; answers false if there is one. */
async function create(file: string): Promise<boolean> {
  const draft = `${file}.${process.pid}.${randomUUID()}`;
  await writeFile(draft, [process.pid, await startOf(process.pid)].join(" ").trim());
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

async function isHeld(file: string, holder: number, started: number | undefined): Promise<boolean> {
  if (holder === process.pid) return heldHere.has(file);
  if (!Number.isInteger(holder) || holder <= 0) return false;
  try {
    process.kill(holder, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  // A number is given again to another process, but not with the same start.
  const now = await startOf(holder);
  return started === undefined || now === undefined || now === started;
}

/** When a process started, in clock ticks since the machine did; undefined where the system does not tell. */
async function startOf(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The 22nd field; the second one is a name in parentheses, which may hold anything.
  const started = Number(status.slice(status.lastIndexOf(")") + 2).split(" ")[19]);
  return started > 0 ? started : undefined;
}
