import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { skip } from "../test/support/skip.ts";
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

  it("refuses a folder that this process holds, and leaves nothing after the release", async () => {
    const unlock = await lockFolder(folder);
    expect(await refusal()).to.contain(`in use by process ${process.pid}`);
    await unlock();
    expect(await readdir(folder)).to.deep.equal([]);
    await (
      await lockFolder(folder)
    )();
  });

  it("never takes the lock of a living process, but that of a dead one", async () => {
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

  it("takes over a lock with its own process id that it does not hold, as after a container's restart", async () => {
    await writeFile(join(folder, "lock.pid"), String(process.pid));
    await (
      await lockFolder(folder)
    )();
  });

  it("takes over a lock whose process id now belongs to another process", async function () {
    if (!existsSync("/proc/self/stat")) skip(this, "this system does not tell when a process started.");
    const living = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    await writeFile(join(folder, "lock.pid"), `${living.pid} 1`);
    await (
      await lockFolder(folder)
    )();
    living.kill("SIGKILL");
  });

  it("takes over from processes that died during a takeover, and leaves no files of them", async () => {
    await writeFile(join(folder, "lock.pid"), "999999991 1");
    await writeFile(join(folder, "lock.pid.after-999999991-1"), "999999992 1");
    await writeFile(join(folder, "lock.pid.after-999999991-1.after-999999992-1"), "999999993 1");
    const unlock = await lockFolder(folder);
    expect(await readdir(folder)).to.deep.equal(["lock.pid"]);
    await unlock();

    const living = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    await writeFile(join(folder, "lock.pid"), "999999991 1");
    await writeFile(join(folder, "lock.pid.after-999999991-1"), String(living.pid));
    expect(await refusal()).to.contain(`in use by process ${living.pid}`);
    living.kill("SIGKILL");
  });

  it("gives a dead lock to one of many processes that find it", async function () {
    this.timeout(60_000);
    const module = JSON.stringify(new URL("./lockFolder.ts", import.meta.url).href);
    for (const attempt of [[], ["lock.pid.after-999999991-1"]]) {
      await writeFile(join(folder, "lock.pid"), "999999991 1");
      for (const file of attempt) await writeFile(join(folder, file), "999999992 1");
      const script = `
        const { lockFolder } = await import(${module});
        while (Date.now() < ${Date.now() + 1_500});
        await lockFolder(${JSON.stringify(folder)}).then(() => console.log("taken"), () => console.log("refused"));
        setInterval(() => {}, 1_000);`;
      const children = Array.from({ length: 4 }, () =>
        spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "inherit"] }),
      );
      const said = children.map((child) => new Promise((resolve) => child.stdout.once("data", resolve)));
      const outcomes = (await Promise.all(said)).map((text) => String(text).trim());
      expect(outcomes.toSorted()).to.deep.equal(["refused", "refused", "refused", "taken"]);
      for (const child of children) child.kill("SIGKILL");
      await rm(join(folder, "lock.pid"));
    }
  });

  it("gives a dead lock to one of many callers in this process", async () => {
    await writeFile(join(folder, "lock.pid"), "");
    const outcomes = await Promise.all(Array.from({ length: 20 }, refusal));
    expect(outcomes.filter((outcome) => outcome === "taken").length).to.equal(1);
  });
});
