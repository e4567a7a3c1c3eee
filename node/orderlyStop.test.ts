import { spawn } from "node:child_process";
import { expect } from "chai";

/** Runs a script with both functions, a log and UserError in scope, and sends it signals. */
function start(code: string) {
  const url = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const script = `
    const { runProgram, runTask } = await import(${url("./orderlyStop.ts")});
    const { UserError } = await import(${url("../protocol/userError.ts")});
    const log = { info: (text) => console.log(text), error: (text, error) => console.log("failed:", error.message) };
    const aborted = (stop) => new Promise((resolve) => {
      const alive = setInterval(() => {}, 1_000);
      stop.addEventListener("abort", () => resolve(clearInterval(alive)));
    });
    const forever = () => new Promise((resolve) => setTimeout(resolve, 60_000));
    ${code}`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
  const ended = new Promise<{ exitCode: number | null; output: string }>((resolve) =>
    child.once("close", (exitCode) => resolve({ exitCode, output })),
  );
  const says = async (text: string) => {
    while (!output.includes(text)) {
      if (child.exitCode !== null) throw new Error(`It never said "${text}":\n${output}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  return { child, ended, says };
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

for (const [name, begin, interruptedCode] of [
  ["runProgram", "await runProgram(log, ", 130],
  ["runTask", "await runTask(", 1],
] as const) {
  describe(name, function () {
    this.timeout(20_000);

    it("aborts on the first signal, and lets the work end in order", async () => {
      const running = start(
        `${begin}async (stop) => { console.log("up"); await aborted(stop); console.log("tidy"); });`,
      );
      await running.says("up");
      running.child.kill("SIGTERM");
      const { exitCode, output } = await running.ended;
      expect([exitCode, output.includes("Stopping on SIGTERM"), output.includes("tidy")]).to.deep.equal([
        0,
        true,
        true,
      ]);
    });

    it("prints why the work was interrupted", async () => {
      const running = start(`${begin}async (stop) => {
        console.log("up");
        await aborted(stop);
        stop.throwIfAborted();
      });`);
      await running.says("up");
      running.child.kill("SIGINT");
      const { exitCode, output } = await running.ended;
      expect([exitCode, output.includes("Interrupted.")], output).to.deep.equal([interruptedCode, true]);
    });

    it("counts two signals at once as one, and ends at once on a later one", async () => {
      const running = start(`${begin}async (stop) => { console.log("up"); await forever(); });`);
      await running.says("up");
      running.child.kill("SIGINT");
      await running.says("Stopping on SIGINT");
      running.child.kill("SIGINT");
      await wait(500);
      expect(running.child.exitCode).to.equal(null);
      running.child.kill("SIGINT");
      expect((await running.ended).exitCode).to.equal(130);
    });

    it("prints the message of a UserError", async () => {
      const { exitCode, output } = await start(`${begin}async () => { throw new UserError("The disk is full."); });`)
        .ended;
      expect(exitCode).to.equal(1);
      expect(output.replace("failed: ", "").trim()).to.equal("The disk is full.");
    });
  });
}

describe("a program's exit code", () => {
  it("is its result, even if a handle is still open", async () => {
    const { exitCode } = await start(`setInterval(() => {}, 1_000); await runProgram(log, async () => 7);`).ended;
    expect(exitCode).to.equal(7);
  });
});

describe("an unexpected failure of a task", () => {
  const failing = `await runTask(async () => { throw new Error("a fault"); }).catch(({ message }) => console.log("caught", message));`;

  it("is told in a sentence without a stack, with the exit code 1", async () => {
    const { exitCode, output } = await start(failing).ended;
    expect(exitCode).to.equal(1);
    expect(output.trim()).to.equal(
      "This is a fault of the program: a fault. Run the same command with --show-stack-traces and report what it prints.",
    );
  });

  it("is thrown to the process that it runs in with --show-stack-traces", async () => {
    const { output } = await start(`process.argv.push("--show-stack-traces"); ${failing}`).ended;
    expect(output.trim()).to.equal("caught a fault");
  });
});
