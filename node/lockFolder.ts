import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UserError } from "#protocol/userError.ts";

/** Locks that this process holds: one with our process id may also be of a dead process that had the id before us. */
const heldHere = new Set<string>();
/** In one process, one after the other. */
let lastTaking: Promise<unknown> = Promise.resolve();

/**
 * Takes a folder for this process alone. The store must have one writer: with two it loses rows silently. A lock left by
 * a process that is gone is taken over, one of a living process never is.
 *
 * @returns A function that gives the folder back.
 * @throws {UserError} while another process, or this one, holds it.
 */
export function lockFolder(folder: string): Promise<() => Promise<void>> {
  const taking = lastTaking.then(() => take(folder));
  lastTaking = taking.catch(() => undefined);
  return taking;
}

async function take(folder: string): Promise<() => Promise<void>> {
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
 * Takes the place of a dead holder. Of all that find it dead, only the one that has a second file, named after the dead
 * holder, may do so: else another could replace the one that was first. If that one died on the way, its place is taken
 * likewise.
 */
async function takeOver(file: string, folder: string): Promise<void> {
  const holder = await contentOf(file);
  if (holder === undefined && (await create(file))) return; // it was given back meanwhile
  const [pid = 0, started] = (holder ?? "").split(" ").map(Number);
  const inUse = (by = "") =>
    new UserError(`The folder ${folder} is in use${by}. Stop that process, or choose another folder.`);
  if (holder === undefined) throw inUse();
  if (await isHeld(file, pid, started)) throw inUse(` by process ${pid}`);
  const claim = `${file}.after-${holder.replaceAll(/\W+/g, "-")}`;
  if (!(await create(claim))) await takeOver(claim, folder);
  try {
    if ((await contentOf(file)) !== holder) throw inUse(); // another was first
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

/** Creates the file, with our process id and start in it from the first instant; answers false if it exists. */
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
  // A number is given again to another process, but not with the same start.
  const now = await startOf(holder);
  return started === undefined || now === undefined || now === started;
}

/** Start of a process, in clock ticks since the machine's; undefined where the system does not tell. */
async function startOf(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  // The 22nd field; the second one is a name in parentheses, which may hold anything.
  const started = Number(status.slice(status.lastIndexOf(")") + 2).split(" ")[19]);
  return started > 0 ? started : undefined;
}
