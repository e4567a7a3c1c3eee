import { cpSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";

export const ROOT = join(import.meta.dirname, "../../..");

const COPIED = [
  "contracts",
  "protocol",
  "client",
  "node",
  "scripts",
  "ignition/modules",
  "indexer",
  "test",
  "docs",
  "hardhat.config.ts",
  "package.json",
  "tsconfig.json",
];
const BUILT = ["artifacts", "cache", "types"];

/** Copies the files that building and testing need, for tests that change them. Copies build outputs only on request. */
export function copyProject(scratch: string, { built = false } = {}) {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  for (const path of built ? [...COPIED, ...BUILT] : COPIED)
    cpSync(join(ROOT, path), join(scratch, path), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(scratch, "node_modules"), "dir");
}

/** Returns the environment for commands in the copy: with the project's Node and tools, and without questions. */
export const scratchEnvironment = () => ({
  ...process.env,
  PATH: [join(ROOT, "node_modules", ".bin"), process.env.PATH ?? ""].join(delimiter),
  HARDHAT_DISABLE_TELEMETRY_PROMPT: "true",
});
