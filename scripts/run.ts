// Runs a program of this project. Compiles the contracts first if they have changed, but never for --help.
//
//   node scripts/run.ts indexer/main.ts --help
import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildContracts, buildPathsIn, isBuilt } from "./tasks/buildContracts.ts";

const ROOT = join(import.meta.dirname, "..");
const [, , program = "", ...args] = process.argv;
const paths = buildPathsIn(ROOT);

if (args.includes("--help") || args.includes("-h")) {
  if (!existsSync(paths.artifacts)) useEmptyAbis();
} else if (!(await isBuilt(paths))) {
  console.error("Compiling the contracts. This takes about half a minute.");
  const { default: hre } = await import("hardhat");
  await buildContracts(hre);
}
process.argv = [process.execPath, program, ...args];
await import(pathToFileURL(join(ROOT, program)).href);

/** Lets modules load that import ABIs from the compiler's output. A program's help uses none of them. */
function useEmptyAbis(): void {
  const url = `data:application/json,${encodeURIComponent(JSON.stringify({ abi: [] }))}`;
  registerHooks({
    resolve: (specifier, context, nextResolve) =>
      /\/artifacts\/.*\.json$/.test(specifier)
        ? { url, format: "json", importAttributes: { type: "json" }, shortCircuit: true }
        : nextResolve(specifier, context),
  });
}
