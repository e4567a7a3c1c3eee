import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { copyProject, scratchEnvironment } from "../support/deploy/scratchCopy.ts";

const run = promisify(execFile);

describe("--help, where nothing has been compiled", function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tributary-help-"));
    copyProject(folder);
  });
  after(() => rm(folder, { recursive: true }));

  for (const [command, text] of [
    ["hardhat --help", "register"],
    ["hardhat pay --help", "--currency"],
    ["hardhat deploy --help", "--currencies"],
    ["npm start -- --help", "--lineage FILE"],
    ["npm run indexer -- --help", "Default command: index"],
    ["npm run indexer -- export fees --help", "--order-by"],
  ] as const) {
    it(`is printed by \`${command}\` alone: it compiles nothing, and no compiler warns`, async () => {
      const { stdout, stderr } = await run("bash", ["-c", command], { cwd: folder, env: scratchEnvironment() });
      expect(stdout).to.contain(text);
      expect(stdout + stderr).not.to.match(/Warning:|Compil(ed|ing) /);
      for (const built of ["artifacts", "cache", "types"])
        expect(existsSync(join(folder, built)), built).to.equal(false);
    });
  }
});
