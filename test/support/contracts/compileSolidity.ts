import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);

/**
 * Compiles files with the pinned compiler. Returns the selected outputs of each file and contract.
 *
 * @param folders Folders in which imports are resolved.
 * @throws {Error} with all errors of the compiler.
 */
export function compileSolidity<Contract>(
  sources: Record<string, string>,
  outputs: string[],
  folders: string[],
): Record<string, Record<string, Contract>> {
  const compiler = require("solc/wrapper")(require("solc/soljson.js"));
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(Object.entries(sources).map(([file, content]) => [file, { content }])),
    settings: { evmVersion: "prague", outputSelection: { "*": { "*": outputs } } },
  };
  const findImport = (path: string) => {
    const found = folders.map((folder) => join(folder, path)).find((file) => existsSync(file));
    return found === undefined ? { error: `${path} is not there` } : { contents: readFileSync(found, "utf8") };
  };
  const output = JSON.parse(compiler.compile(JSON.stringify(input), { import: findImport })) as {
    errors?: { severity: string; formattedMessage: string }[];
    contracts: Record<string, Record<string, Contract>>;
  };
  const errors = (output.errors ?? []).filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ formattedMessage }) => formattedMessage).join("\n"));
  return output.contracts;
}
