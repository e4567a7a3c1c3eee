import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm, statfs, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { NO_POSTGRES, startPostgres } from "../../test/support/indexer/postgres.ts";
import { SAMPLE_SOURCE, sampleBlocks } from "../../test/support/indexer/sampleLogs.ts";
import { skip } from "../../test/support/skip.ts";
import { openStore } from "./openStore.ts";
import { openPGlite } from "./pgliteDriver.ts";
import type { StoreTarget } from "./store.ts";
import { storeFailureKind } from "./storeFailure.ts";
import { StoreUnavailable } from "./storeUnavailable.ts";
import { whenAvailable } from "./whenAvailable.ts";

const run = promisify(execFile);
/** The room that is left when the disk is filled. */
const REST_BYTES = 300_000;
const ROW_BYTES = 3_000;

/** Returns the number of free bytes. */
async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

describe("a store on a full disk", function () {
  this.timeout(300_000);
  const folders: string[] = [];
  const outer = process.env.TMPDIR;

  /** Mounts a small disk. Only root can; elsewhere the test is skipped. */
  async function mountDisk(context: Mocha.Context, megabytes: number) {
    if (process.getuid?.() !== 0) skip(context, "only root can mount a small disk");
    const folder = await mkdtemp(join(tmpdir(), "tributary-disk-"));
    const options = ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder];
    const isMounted = await run("mount", options).then(
      () => true,
      () => false,
    );
    if (!isMounted) {
      await rm(folder, { recursive: true });
      skip(context, "this machine does not let root mount a disk");
    }
    folders.push(folder);
    await chmod(folder, 0o777);
    const filler = join(folder, "filler");
    return {
      folder,
      fill: async () => writeFile(filler, Buffer.alloc(Math.max(0, (await freeBytes(folder)) - REST_BYTES))),
      makeRoom: () => rm(filler),
    };
  }

  afterEach(async () => {
    if (outer === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = outer;
    for (const folder of folders.splice(0)) {
      await run("umount", ["--lazy", folder]);
      await rm(folder, { recursive: true, force: true });
    }
  });

  /** Appends until the disk is full, then goes on once there is room, and compares what is stored. */
  async function survives(disk: Awaited<ReturnType<typeof mountDisk>>, target: StoreTarget): Promise<void> {
    const store = await openStore(target, SAMPLE_SOURCE);
    await disk.fill();
    const failures: string[] = [];
    let written = 0;
    const disks = { isFull: true };
    for (let from = 1; disks.isFull; from += 40) {
      const { blocks, logs } = sampleBlocks(from, 40, 100);
      const onRetry = (error: Error) => {
        expect(error).to.be.instanceOf(StoreUnavailable);
        failures.push(storeFailureKind(error));
        if (failures.length < 3) return;
        disks.isFull = false;
        void disk.makeRoom();
      };
      await whenAvailable(() => store.append(blocks, logs), { signal: new AbortController().signal, onRetry });
      written += logs.length;
    }
    expect(failures).to.include("full");
    let stored = 0;
    for await (const page of store.readLogs()) stored += page.length;
    expect(stored).to.equal(written);
    await store.close();
  }

  it("continues by itself once there is room: the embedded database", async function () {
    const disk = await mountDisk(this, 90);
    await survives(disk, { folder: join(disk.folder, "store") });
  });

  it("continues by itself once there is room: PostgreSQL", async function () {
    const disk = await mountDisk(this, 160);
    process.env.TMPDIR = disk.folder;
    const postgres = await startPostgres();
    if (!postgres) return skip(this, NO_POSTGRES);
    try {
      await survives(disk, { databaseUrl: postgres.url });
    } finally {
      await postgres.stop();
    }
  });

  it("continues in a new session after the embedded database ended, because it could not write its log", async function () {
    const disk = await mountDisk(this, 130);
    const driver = await openPGlite({ folder: disk.folder, schema: "tributary", readOnly: false });
    const row = (n: number) => [Buffer.alloc(ROW_BYTES, n % 250)];
    const insert = async (n: number) => (await driver.session()).query("INSERT INTO filled VALUES ($1)", row(n));
    const empty = async () => {
      const session = await driver.session();
      await session.run("DELETE FROM filled");
      await session.run("INSERT INTO filled VALUES ('\\xaa')");
      await session.run("VACUUM (TRUNCATE false) filled");
    };
    const session = await driver.session();
    await session.run("CREATE TABLE filled (bytes bytea); ALTER TABLE filled ALTER bytes SET STORAGE PLAIN");
    // The table keeps its pages, so that only the log needs room.
    for (let n = 0; n < 1_500; n++) await insert(n);
    await empty();
    await disk.fill();
    let failure: unknown;
    for (let n = 1; failure === undefined; n++) {
      failure = await insert(n).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (n % 1_000 === 0) await empty();
    }
    expect(failure).to.be.instanceOf(StoreUnavailable);
    expect([storeFailureKind(failure), String(failure)]).to.satisfy(
      ([kind, text]: [string, string]) => kind === "full" && text.includes("pg_wal"),
    );
    await disk.makeRoom();
    await insert(0);
    await driver.close();
  });
});
