// A process that runs Hardhat's command lines one after the other as its parent asks for them, so that Hardhat and the
// project's commands are loaded once. Each command line goes through Hardhat's own entry, as at a terminal.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface CommandRequest {
  args: string[];
  environment: Record<string, string>;
}

export interface CommandResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

// No public export of Hardhat's has these two; the lock file pins the version.
const cli = join(dirname(fileURLToPath(import.meta.resolve("hardhat/package.json"))), "dist/src/internal");
const { main } = (await import(join(cli, "cli/main.js"))) as { main: (args: string[]) => Promise<void> };
const { resetGlobalHardhatRuntimeEnvironment } = (await import(join(cli, "global-hre-instance.js"))) as {
  resetGlobalHardhatRuntimeEnvironment: () => void;
};

const ownEnvironment = { ...process.env };

process.on("message", (request) => {
  // The parent sends nothing else.
  void runCommand(request as CommandRequest).then((result) => process.send?.(result));
});
process.on("disconnect", () => process.exit());
process.send?.("ready");

async function runCommand({ args, environment }: CommandRequest): Promise<CommandResult> {
  const written = { stdout: "", stderr: "" };
  const restore = (["stdout", "stderr"] as const).map((name) => {
    const stream = process[name];
    const write = stream.write;
    stream.write = (text: string | Uint8Array) => {
      written[name] += typeof text === "string" ? text : Buffer.from(text).toString();
      return true;
    };
    return () => (stream.write = write);
  });
  process.env = { ...ownEnvironment, ...environment };
  process.exitCode = undefined;
  resetGlobalHardhatRuntimeEnvironment();
  try {
    await main(args);
  } catch {
    process.exitCode = 1; // Hardhat has printed the reason
  } finally {
    for (const each of restore) each();
  }
  return { exitCode: Number(process.exitCode ?? 0), ...written };
}
