import { mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../userError.ts";

/**
 * Takes a folder for this process alone. The store must have one writer: with two it loses rows silently. A lock left by
 * a process that is gone is taken over, one of a living process never is.
 *
 * @returns Gives the folder back.
 * @throws {UserError} while another process holds it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, "lock.pid");
  for (let attempt = 0; ; attempt++) {
    try {
      const handle = await open(file, "wx");
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST" || attempt > 1) throw error;
    }
    const holder = Number(await readFile(file, "utf8").catch(() => ""));
    // An empty file is one that another process is just writing; take it for a living holder.
    if (!Number.isInteger(holder) || holder <= 0 || (holder !== process.pid && isAlive(holder)) || attempt > 0) {
      throw new UserError(
        `The folder ${folder} is in use${holder > 0 ? ` by process ${holder}` : ""}. Stop that process, or choose another folder. If none is running, delete ${file}.`,
      );
    }
    await rm(file, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
