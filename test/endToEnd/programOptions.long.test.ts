import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

const ROOT = join(import.meta.dirname, "../..");
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> };

/** Programs of our own, without those that compile or load for seconds before they read their options. */
const PROGRAMS = Object.entries(scripts).flatMap(([name, command]) => {
  const [, file = ""] = /^node (?:scripts\/run\.ts )?((?:scripts|indexer|test)\/\S+\.ts)$/.exec(command) ?? [];
  return file === "" ? [] : [[name, file] as const];
});

const run = (file: string, ...args: string[]) =>
  new Promise<{ exitCode: number; output: string }>((resolve) =>
    execFile(process.execPath, [file, ...args], { cwd: ROOT }, (error, stdout, stderr) =>
      resolve({ exitCode: error ? Number(error.code) : 0, output: stdout + stderr }),
    ),
  );

describe("a program of package.json with an unknown option", function () {
  this.timeout(60_000);

  it("is one of many", () => expect(PROGRAMS.length).to.be.greaterThan(10));

  for (const [name, file] of PROGRAMS) {
    it(`says so in a sentence, without a stack: ${name}`, async () => {
      const { exitCode, output } = await run(file, "--nonsense");
      expect(exitCode, output).to.be.oneOf([1, 2]);
      expect(output)
        .to.contain("nonsense")
        .and.not.to.match(/\n +at /);
    });
  }
});
