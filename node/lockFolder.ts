import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UserError } from "#protocol/userError.ts";

/** Locks that this process holds. A lock file with this process id may also be left by a dead process with the same id. */
const heldHere = new Set<string>();
/** The last attempt to lock: within one process, attempts run one after the other. */
let lastAttempt: Promise<unknown> = Promise.resolve();

/**
 * Locks a folder for this process. The store must have one writer: with two it silently loses rows. Takes over the lock of
 * a dead process, but never that of a living one.
 *
 * @returns A function that releases the lock.
 * @throws {UserError} if another process, or this one, holds the lock.
 */
export function lockFolder(folder: string): Promise<() => Promise<void>> {
  const attempt = lastAttempt.then(() => lock(folder));
  lastAttempt = attempt.catch(() => undefined);
  return attempt;
}

async function lock(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const file = resolve(join(folder, "lock.pid"));
  if (!(await create(file))) await takeOver(file, folder);
  heldHere.add(file);
  return async () => {
    heldHere.delete(file);
    await rm(file, { force: true });
  };
}

/**
 * Takes over the lock of a dead holder. Several processes may see at once that it is dead, and only the one that creates a
 * second file, named after the dead holder, may replace the lock. Without this, a late process could replace the lock of
 * the first. If the owner of the second file is dead, that file is taken over in the same way.
 */
async function takeOver(file: string, folder: string): Promise<void> {
  const holder = await contentOf(file);
  if (holder === undefined && (await create(file))) return; // the holder has released it
  const [pid = 0, started] = (holder ?? "").split(" ").map(Number);
  const inUse = (by = "") =>
    new UserError(`The folder ${folder} is in use${by}. Stop that process, or choose another folder.`);
  if (holder === undefined) throw inUse();
  if (await isHeld(file, pid, started)) throw inUse(` by process ${pid}`);
  const claim = `${file}.after-${holder.replaceAll(/\W+/g, "-")}`;
  if (!(await create(claim))) await takeOver(claim, folder);
  try {
    if ((await contentOf(file)) !== holder) throw inUse(); // another process was first
    await replace(file);
  } finally {
    await rm(claim, { force: true });
  }
}

const contentOf = (file: string) =>
  readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });

/** Creates the file with this process's id and start time in it, atomically; returns false if the file exists. */
async function create(file: string): Promise<boolean> {
  const draft = await writeDraft(file);
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

const replace = async (file: string) => rename(await writeDraft(file), file);

async function writeDraft(file: string): Promise<string> {
  const draft = `${file}.${process.pid}.${randomUUID()}`;
  await writeFile(draft, [process.pid, await startOf(process.pid)].join(" ").trim());
  return draft;
}

async function isHeld(file: string, holder: number, started: number | undefined): Promise<boolean> {
  if (holder === process.pid) return heldHere.has(file);
  if (!Number.isInteger(holder) || holder <= 0) return false;
  try {
    process.kill(holder, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  // Another process may get the same id later, but not the same start time.
  const now = await startOf(holder);
  return started === undefined || now === undefined || now === started;
}

/** Returns the start time of a process, in clock ticks since boot; undefined if the system does not report it. */
async function startOf(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The 22nd field. The second field is a name in parentheses, which may contain any character.
  const started = Number(status.slice(status.lastIndexOf(")") + 2).split(" ")[19]);
  return started > 0 ? started : undefined;
}
