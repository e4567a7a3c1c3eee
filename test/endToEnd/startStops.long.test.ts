import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { copyProject, ROOT, scratchEnvironment } from "../support/deploy/scratchCopy.ts";
import { processesIn } from "../support/firstRun/processesIn.ts";
import { type RunningFirstRun, startFirstRun } from "../support/firstRun/startFirstRun.ts";
import { freePort } from "../support/rpc/freePort.ts";

/** Texts that it prints as each step begins, in order. */
const STEPS = [
  "Compiling the contracts",
  "Starting a local chain",
  "Registering the lineage",
  "registering: ",
  "Paying 12 fees",
  "paying: ",
  "Indexing the chain",
  "Comparing the index",
  "Building the explorer",
  "Stop with Ctrl-C",
] as const;
/** The time in which it must end after a signal, on a busy machine. */
const SOON_MS = 20_000;
/** The time after which a compiler of a killed run has noticed that its reader is gone. */
const ORPHAN_MS = 120_000;
/** Folders that a build makes, and that are not in the repository. */
const BUILT = new Set(["node_modules", "artifacts", "cache", "types", "dist"]);

const SERVING = STEPS.at(-1);

/** A small lineage, so that the steps before one are soon over. */
const LINEAGE = {
  assets: [
    { name: "Corpus", kind: "dataset", organization: "Acme", date: "2020", dependsOn: [] },
    { name: "Llama 3", kind: "model", organization: "Meta", date: "2021", dependsOn: ["Corpus"] },
    { name: "Helper", kind: "agent", organization: "Other", date: "2022", dependsOn: ["Llama 3"] },
  ],
};

describe("npm start, stopped at each of its steps", function () {
  this.timeout(600_000);
  let folder: string;
  let ports: [rpcPort: number, port: number];
  let clean: string[];
  const running: RunningFirstRun[] = [];

  before(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "tributary-stops-")));
    copyProject(folder);
    cpSync(join(ROOT, "package-lock.json"), join(folder, "package-lock.json"));
    cpSync(join(ROOT, "explorer"), join(folder, "explorer"), {
      recursive: true,
      filter: (path) => !/\/dist(\.\d+)?$/.test(path),
    });
    ports = [await freePort(), await freePort()];
    writeFileSync(join(folder, "lineage.json"), JSON.stringify(LINEAGE));
    clean = files();
  });
  afterEach(() => {
    for (const run of running.splice(0)) run.signal("SIGKILL");
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Starts it with the command of the README. */
  const start = (...options: string[]) => {
    const [rpcPort, port] = ports;
    const all = [
      "--rpc-port",
      String(rpcPort),
      "--port",
      String(port),
      "--fees",
      "12",
      "--lineage",
      "lineage.json",
      ...options,
    ];
    const run = startFirstRun({ command: ["npm", "start", "--", ...all], cwd: folder, env: scratchEnvironment() });
    running.push(run);
    return run;
  };

  /** Lists the files of the copy, without those that builds make. */
  function files(path = ""): string[] {
    return readdirSync(join(folder, path), { withFileTypes: true })
      .flatMap((entry) => {
        if (BUILT.has(entry.name)) return [];
        const own = join(path, entry.name);
        return entry.isDirectory() ? [own, ...files(own)] : [own];
      })
      .sort();
  }

  const isFree = (port: number) =>
    new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once("error", () => resolve(false));
      probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
    });

  /** Waits until no process of the copy is left and the ports are free again. */
  async function expectNoProcess(withinMs: number) {
    const deadline = Date.now() + withinMs;
    const left = async () => {
      const taken = [];
      for (const port of ports) if (!(await isFree(port))) taken.push(`port ${port}`);
      return [...processesIn(folder).values(), ...taken];
    };
    while ((await left()).length > 0 && Date.now() < deadline) await new Promise((r) => setTimeout(r, 50));
    expect(await left()).to.deep.equal([]);
  }

  async function expectNothingLeft() {
    await expectNoProcess(2_000);
    expect(files()).to.deep.equal(clean);
  }

  /** Lets a step that prints nothing more come into its midst. */
  const midst = (step: string) =>
    new Promise((resolve) => setTimeout(resolve, step === "Compiling the contracts" ? 2_500 : 150));

  /** The next runs are not about the compiler, and find the contracts compiled. */
  const useCompiled = () => {
    for (const built of ["artifacts", "cache", "types"]) {
      if (!existsSync(join(folder, built, "built")) && existsSync(join(ROOT, built)))
        cpSync(join(ROOT, built), join(folder, built), { recursive: true, preserveTimestamps: true });
    }
    writeFileSync(join(folder, "cache/built"), "");
  };
  const forgetCompiled = () => {
    for (const built of ["artifacts", "cache", "types"]) rmSync(join(folder, built), { recursive: true, force: true });
  };

  for (const step of STEPS) {
    const prepare = () => {
      if (step === "Compiling the contracts") forgetCompiled();
      else useCompiled();
      // Otherwise it would not be built again.
      if (step === "Building the explorer") rmSync(join(folder, "explorer/dist"), { recursive: true, force: true });
    };

    for (const [signal, how] of [
      ["SIGINT", "Ctrl-C"],
      ["SIGTERM", "SIGTERM"],
    ] as const) {
      it(`ends soon at one ${how}, and leaves nothing behind: ${step}`, async () => {
        prepare();
        const run = start();
        await run.says(step);
        await midst(step);
        const sentMs = Date.now();
        run.signal(signal);
        const code = await run.ended;
        expect(Date.now() - sentMs, run.output()).to.be.below(SOON_MS);
        if (step === SERVING) expect(run.output()).to.contain("Stopped. The chain, the index and the deployment file");
        else expect(code, run.output()).not.to.equal(0);
        expect(run.output(), run.output()).not.to.match(/\n +at .+:\d+:\d+/);
        await expectNothingLeft();
      });
    }

    it(`ends at once at a second signal, and leaves nothing behind: ${step}`, async () => {
      prepare();
      const run = start();
      await run.says(step);
      await midst(step);
      run.signal("SIGINT");
      await new Promise((resolve) => setTimeout(resolve, 350)); // npm repeats the first one
      const sentMs = Date.now();
      run.signal("SIGINT");
      await run.ended;
      expect(Date.now() - sentMs, run.output()).to.be.below(3_000);
      await expectNothingLeft();
    });

    it(`starts again after kill -9: ${step}`, async () => {
      prepare();
      const killed = start();
      await killed.says(step);
      await midst(step);
      killed.signal("SIGKILL");
      await killed.ended;
      await expectNoProcess(step === "Compiling the contracts" ? ORPHAN_MS : 2_000);
      const again = start("--once");
      expect(await again.ended, again.output()).to.equal(0);
      expect(again.output()).to.contain("equal to the base unit").and.to.contain(": 0 differ.");
      await expectNothingLeft();
    });
  }

  it("serves a whole explorer after a build that was cut short", async () => {
    useCompiled();
    rmSync(join(folder, "explorer/dist"), { recursive: true, force: true });
    const cut = start();
    await cut.says("Building the explorer");
    cut.signal("SIGKILL");
    await cut.ended;
    const run = start();
    await run.says("Stop with Ctrl-C");
    const base = `http://127.0.0.1:${ports[1]}`;
    const page = await (await fetch(base)).text();
    const parts = [...page.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(([, path]) => `${base}/${path}`);
    expect(parts.length).to.be.greaterThan(1);
    for (const part of parts) expect((await fetch(part)).status, part).to.equal(200);
    run.signal("SIGINT");
    expect(await run.ended).to.equal(0);
    await expectNothingLeft();
  });

  for (const [ending, signal] of [
    ["Ctrl-C", "SIGINT"],
    ["kill -9, and the next run", "SIGKILL"],
  ] as const) {
    it(`moves the file of another local deployment aside and says so; it is back after ${ending}`, async () => {
      useCompiled();
      const file = join(folder, "deployments/31337.json");
      const other = '{ "of": "another deployment" }\n';
      mkdirSync(join(folder, "deployments"), { recursive: true });
      writeFileSync(file, other);
      try {
        const run = start();
        await run.says("Stop with Ctrl-C");
        expect(run.output()).to.match(/another local deployment was in the way.+deployments\/earlier\/31337-/);
        const [aside = ""] = readdirSync(join(folder, "deployments/earlier"));
        expect(readFileSync(join(folder, "deployments/earlier", aside), "utf8")).to.equal(other);
        expect(JSON.parse(readFileSync(file, "utf8"))).to.include({ chainId: 31_337 });
        run.signal(signal);
        await run.ended;
        if (signal === "SIGKILL") expect(await start("--once").ended).to.equal(0);
        expect(readFileSync(file, "utf8")).to.equal(other);
      } finally {
        rmSync(join(folder, "deployments"), { recursive: true, force: true });
      }
      await expectNothingLeft();
    });
  }
});
