import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { skip } from "../../test/support/skip.ts";
import { lockFolder } from "./lockFolder.ts";

describe("lockFolder", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "tributary-lock-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const refusal = () =>
    lockFolder(folder).then(
      () => "taken",
      (error: Error) => error.message,
    );

  it("refuses a folder that this process holds, and leaves nothing when given back", async () => {
    const unlock = await lockFolder(folder);
    expect(await refusal()).to.contain(`in use by process ${process.pid}`);
    await unlock();
    expect(await readdir(folder)).to.deep.equal([]);
    await (
      await lockFolder(folder)
    )();
  });

  it("never takes a lock from a living process, but does from a dead one", async () => {
    const living = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    await writeFile(join(folder, "lock.pid"), String(living.pid));
    expect(await refusal()).to.contain(`in use by process ${living.pid}`);
    const gone = new Promise((resolve) => living.once("exit", resolve));
    living.kill("SIGKILL");
    await gone;
    await (
      await lockFolder(folder)
    )();
  });

  it("takes over a lock with its own number that it does not hold: a container restarts with the same one", async () => {
    await writeFile(join(folder, "lock.pid"), String(process.pid));
    await (
      await lockFolder(folder)
    )();
  });

  it("takes over a lock whose number was given to another process since", async function () {
    if (!existsSync("/proc/self/stat")) skip(this, "this system does not tell when a process started.");
    const living = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    await writeFile(join(folder, "lock.pid"), `${living.pid} 1`);
    await (
      await lockFolder(folder)
    )();
    living.kill("SIGKILL");
  });

  it("lets one of many that find a dead lock have it", async () => {
    await writeFile(join(folder, "lock.pid"), "");
    const outcomes = await Promise.all(Array.from({ length: 20 }, refusal));
    expect(outcomes.filter((outcome) => outcome === "taken").length).to.equal(1);
  });
});
