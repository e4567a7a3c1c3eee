// The packages that other projects import. See docs/packages.md.
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import ts from "typescript";
import type { Deployment } from "#protocol/deployment.ts";
import { readDeployment } from "#node/deploymentFile.ts";
import type { Abi } from "viem";
import { abis } from "#protocol/abis.ts";
import { errorsAbi } from "#protocol/errorsAbi.ts";
import { LOCAL_CHAIN_ID } from "../deploy/localMoney.ts";

const ROOT = join(import.meta.dirname, "../..");
const SOLIDITY = ["AssetRegistry.sol", "FeeLedger.sol", "interfaces", "libraries", "periphery"];
/** Modules of `protocol/` that are published for callers of the contracts. They import only each other. */
const PROTOCOL = ["deployment", "kinds", "limits", "typedData"];

interface Manifest {
  version: string;
  license: string;
  devDependencies: Record<string, string>;
}

/** Writes each package into a folder of its own, ready to be packed, and returns the folders. */
export async function buildPackages(to: string, deployments: Deployment[]): Promise<string[]> {
  const manifest = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as Manifest;
  await rm(to, { recursive: true, force: true });
  return [
    await buildContracts(join(to, "contracts"), manifest, deployments),
    await buildClient(join(to, "client"), manifest),
  ];
}

async function buildContracts(folder: string, manifest: Manifest, deployments: Deployment[]): Promise<string> {
  await complete(folder, "contracts", {
    ...common("@tributary/contracts", manifest),
    description:
      "Contracts of Tributary, an open ledger of AI contributions: Solidity, ABIs, addresses, signed messages",
    keywords: ["solidity", "ethereum", "viem", "abi", "ai", "attribution", "royalties"],
    exports: { ".": entry("index"), "./*.sol": "./*.sol", "./package.json": "./package.json" },
    files: ["**/*.sol", "dist"],
    peerDependencies: { "@openzeppelin/contracts": `^${manifest.devDependencies["@openzeppelin/contracts"]}` },
    // Needed only to compile the Solidity sources.
    peerDependenciesMeta: { "@openzeppelin/contracts": { optional: true } },
  });

  for (const path of SOLIDITY) await cp(join(ROOT, "contracts", path), join(folder, path), { recursive: true });
  const sources = join(folder, "src");
  for (const name of PROTOCOL) await cp(join(ROOT, "protocol", `${name}.ts`), join(sources, `${name}.ts`));
  await write(join(sources, "abis.ts"), abiConstants());
  await write(join(sources, "deployments.ts"), deploymentConstants(deployments));
  const modules = ["abis", "deployments", ...PROTOCOL].map((name) => `export * from "./${name}.ts";\n`);
  await write(join(sources, "index.ts"), modules.join(""));
  compile(join(sources, "index.ts"), join(folder, "dist"));
  await rm(sources, { recursive: true });
  return folder;
}

async function buildClient(folder: string, manifest: Manifest): Promise<string> {
  await complete(folder, "client", {
    ...common("@tributary/client", manifest),
    description: "Typed client of Tributary's API: what an AI asset was built from, who earned what, from whom and why",
    keywords: ["api", "client", "openapi", "ai", "attribution", "lineage"],
    exports: { ".": entry("createClient"), "./package.json": "./package.json" },
    files: ["dist"],
    dependencies: { "openapi-fetch": `^${manifest.devDependencies["openapi-fetch"]}` },
  });
  compile(join(ROOT, "client/api/createClient.ts"), join(folder, "dist"));
  return folder;
}

const common = (name: string, { version, license }: Manifest) => ({
  name,
  version,
  license,
  type: "module",
  sideEffects: false,
  engines: { node: ">=20" },
  publishConfig: { access: "public" },
});

const entry = (name: string) => ({ types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` });

async function complete(folder: string, name: string, manifest: object): Promise<void> {
  await write(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  await cp(join(ROOT, "scripts/packages", name, "README.md"), join(folder, "README.md"));
  await cp(join(ROOT, "LICENSE"), join(folder, "LICENSE"));
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/**
 * Returns a module with the ABIs, each with all errors that a call can end with: its own and those of the contracts that it
 * calls. JSON would lose the literal types that viem infers from.
 */
function abiConstants(): string {
  const lines = Object.entries(abis).map(([name, abi]) => {
    const constant = `${name.charAt(0).toLowerCase()}${name.slice(1)}Abi`;
    const others = (abi as Abi).filter(({ type }) => type !== "error");
    return `export const ${constant} = ${JSON.stringify([...others, ...errorsAbi])} as const;\n`;
  });
  return lines.join("\n");
}

/** Reads all deployment files except that of the local chain, which ends with its process. */
export async function publicDeployments(folder: string): Promise<Deployment[]> {
  const files = (await readdir(folder).catch(() => [])).filter((name) => /^\d+\.json$/.test(name));
  const read = await Promise.all(files.map((name) => readDeployment(join(folder, name))));
  return read.filter(({ chainId }) => chainId !== LOCAL_CHAIN_ID);
}

/** Returns a module with the deployments by chain id. */
function deploymentConstants(deployments: Deployment[]): string {
  const byChain = Object.fromEntries(deployments.map((deployment) => [deployment.chainId, deployment]));
  return `import type { Deployment } from "./deployment.ts";

/** The public deployments by chain id. */
export const deployments: Readonly<Record<number, Deployment | undefined>> = ${JSON.stringify(byChain)};
`;
}

/** Compiles a module and its imports to JavaScript with type declarations. */
function compile(file: string, to: string): void {
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    module: ts.ModuleKind.Node20,
    rootDir: dirname(file),
    outDir: to,
    declaration: true,
    rewriteRelativeImportExtensions: true,
    verbatimModuleSyntax: true,
    strict: true,
    noEmitOnError: true,
    skipLibCheck: true,
    types: [],
  });
  const { diagnostics } = program.emit(undefined, (path, text) => {
    // The compiler does not rewrite the imports in type declarations.
    const published = path.endsWith(".d.ts") ? text.replaceAll(/(from "\.\/[\w/]+)\.ts"/g, '$1.js"') : text;
    ts.sys.writeFile(path, published);
  });
  const errors = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (errors.length === 0) return;
  const host = {
    getCanonicalFileName: (name: string) => name,
    getCurrentDirectory: () => ROOT,
    getNewLine: () => "\n",
  };
  throw new Error(ts.formatDiagnostics(errors, host));
}
