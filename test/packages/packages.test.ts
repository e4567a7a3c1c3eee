import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import type { FastifyInstance } from "fastify";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import type { Deployment } from "#protocol/deployment.ts";
import { KINDS, ROLES } from "#protocol/kinds.ts";
import * as limits from "#protocol/limits.ts";
import { createServer } from "../../indexer/api/createServer.ts";
import { buildPackages } from "../../scripts/packages/buildPackages.ts";
import { type SmallEconomy, startSmallEconomy } from "../support/economy/smallEconomy.ts";
import { itAtLength } from "../support/atLength.ts";
import { compileSolidity } from "../support/contracts/compileSolidity.ts";
import { ROOT, scratchEnvironment } from "../support/deploy/scratchCopy.ts";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** The payer's key: the sixth account of a local node. */
const PAYER_KEY = "0x8b3a350cf5c34c9194ca85829a2df0ec3153be0318b5e2d3348e872092edffba";

const PERIPHERY = { inlets: { address: `0x${"1".repeat(40)}`, fromBlock: 12 } } as const;

const SOLIDITY = `// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAssetRegistry} from "@tributary/contracts/interfaces/IAssetRegistry.sol";
import {IFeeLedger} from "@tributary/contracts/interfaces/IFeeLedger.sol";

contract Tipping {
    function tip(IFeeLedger ledger, uint40 release, address currency) external returns (uint256) {
        return ledger.pay(release, currency, 1, bytes32(0));
    }

    function ownerOf(IAssetRegistry registry, uint40 asset) external view returns (address) {
        return registry.ownerOf(asset);
    }
}
`;

const TYPED = `import { createClient, everyPage, type components } from "@tributary/client";
import {
  assetRegistryAbi,
  type ContractSite,
  deployments,
  type Deployment,
  feeLedgerAbi,
  grantTypes,
  type Kind,
  KINDS,
  MAX_ID,
  registryDomain,
  type Role,
  ROLES,
  TOTAL_SHARES,
} from "@tributary/contracts";

export const ledger: \`0x\${string}\` | undefined = deployments[31337]?.ledger;
export const deployment: Deployment | undefined = deployments[1];
export const inlets: ContractSite | undefined = deployment?.periphery.inlets;
export const symbols: string[] | undefined = deployment?.made?.currencies.map(({ symbol }) => symbol);
export const model: "model" = KINDS[1];
export const kind: Kind = "agent";
export const role: Role | undefined = ROLES.find((each) => each === "compute");
export const half: bigint = TOTAL_SHARES / 2n;
export const isId = (id: number): boolean => id <= MAX_ID;
export const name: "AssetRegistered" | undefined = assetRegistryAbi.find(
  (item): item is Extract<(typeof assetRegistryAbi)[number], { name: "AssetRegistered" }> =>
    item.type === "event" && item.name === "AssetRegistered",
)?.name;
export const count: number = feeLedgerAbi.length;
export const first: "release" = grantTypes.Grant[0].name;
export const domain: "Tributary" = registryDomain(1, "0x00").name;
export const client = createClient("http://127.0.0.1:4000");
export const read = everyPage<components["schemas"]["Fee"]>;
// @ts-expect-error this kind does not exist
export const other: Kind = "tool";
// @ts-expect-error this path does not exist
client.GET("/v1/nothing");
`;

describe("The packages", function () {
  this.timeout(180_000);
  let economy: SmallEconomy;
  let server: FastifyInstance;
  let apiUrl: string;
  let project: string;
  let folders: string[];
  let deployment: Deployment;

  before(async () => {
    economy = await startSmallEconomy();
    server = await createServer(await economy.startIndexer());
    apiUrl = await server.listen({ host: "127.0.0.1", port: 0 });

    project = await mkdtemp(join(tmpdir(), "tributary-project-"));
    deployment = { ...economy.source, startBlock: Number(economy.source.startBlock), periphery: PERIPHERY };
    folders = await buildPackages(join(project, "packages"), [deployment]);
    for (const folder of folders) await npm("pack", folder, "--pack-destination", project);
    await writeFile(join(project, "package.json"), `{ "private": true, "type": "module" }\n`);
    const tarballs = (await readdir(project)).filter((file) => file.endsWith(".tgz")).map((file) => `./${file}`);
    const manifest = require("../../package.json") as Record<string, Record<string, string>>;
    const versions = { ...manifest.dependencies, ...manifest.devDependencies };
    const peers = ["viem", "@openzeppelin/contracts"].map((name) => `${name}@${versions[name]}`);
    await npm("install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", ...tarballs, ...peers);
  });
  after(async () => {
    await server?.close();
    await economy?.stop();
    if (project) await rm(project, { recursive: true });
  });

  const npm = (...args: string[]) => run("npm", args, { cwd: project, env: scratchEnvironment() });
  const installed = (name: string) => join(project, "node_modules/@tributary", name);

  it("follow publint's rules", async () => {
    for (const pkgDir of folders) {
      const { messages, pkg } = await publint({ pkgDir, strict: true });
      expect(messages.map((message) => formatMessage(message, pkg))).to.deep.equal([]);
    }
  });

  it("contain sources, code, types, a licence and a page, and nothing else", async () => {
    const { version } = require("../../package.json") as { version: string };
    for (const name of ["contracts", "client"]) {
      const files = (await readdir(installed(name), { recursive: true })).filter((file) => /\.\w+$|LICENSE/.test(file));
      const sources = files.filter((file) => file.endsWith(".sol"));
      const others = files.filter((file) => !file.endsWith(".sol") && !/^dist\/\w+(\.d\.ts|\.js)$/.test(file));
      expect(others.toSorted()).to.deep.equal(["LICENSE", "README.md", "package.json"]);
      expect(sources.some((file) => file.includes("doubles"))).to.equal(false);
      expect(sources.includes("interfaces/IFeeLedger.sol")).to.equal(name === "contracts");
      const manifest = JSON.parse(await readFile(join(installed(name), "package.json"), "utf8")) as object;
      expect(manifest).to.include({ name: `@tributary/${name}`, version, license: "MIT" });
    }
  });

  it("run in browsers: they import no module of Node", async () => {
    for (const name of ["contracts", "client"]) {
      for (const file of await readdir(join(installed(name), "dist"))) {
        const code = await readFile(join(installed(name), "dist", file), "utf8");
        for (const [, imported = ""] of code.matchAll(/^(?:import|export) .* from "([^"]+)"/gm)) {
          expect(imported, file).to.match(/^(\.\/\w+\.js|openapi-fetch)$/);
        }
        expect(code, file).not.to.match(/\b(Buffer|process|require)\b[.(]/);
      }
    }
  });

  it("let a Solidity file import an interface", () => {
    const compiled = compileSolidity<{ evm: { bytecode: { object: string } } }>(
      { "Tipping.sol": SOLIDITY },
      ["evm.bytecode.object"],
      [join(project, "node_modules")],
    );
    expect(compiled["Tipping.sol"]?.Tipping?.evm.bytecode.object.length).to.be.above(100);
    // Tools that respect `exports` resolve it, too.
    const resolve = createRequire(join(project, "package.json")).resolve;
    expect(resolve("@tributary/contracts/interfaces/IFeeLedger.sol")).to.include("IFeeLedger.sol");
  });

  it("contain every source that their sources import", async () => {
    const files = (await readdir(installed("contracts"), { recursive: true })).filter((file) => file.endsWith(".sol"));
    const imports = files.map((file, i) => `import * as S${i} from "@tributary/contracts/${file}";`);
    const all = `// SPDX-License-Identifier: MIT\npragma solidity ^0.8.37;\n${imports.join("\n")}\n`;
    const compiled = compileSolidity<object>({ "All.sol": all }, ["abi"], [join(project, "node_modules")]);
    expect(Object.keys(compiled)).to.include.members([
      "@tributary/contracts/AssetRegistry.sol",
      "@tributary/contracts/FeeLedger.sol",
      "@tributary/contracts/periphery/payments/SignedPayments.sol",
    ]);
  });

  /** Type-checks a file of the project with this repository's compiler. */
  const typeCheck = (file: string, ...options: string[]) =>
    run(
      process.execPath,
      [join(ROOT, "node_modules/typescript/bin/tsc"), "--noEmit", "--strict", "--target", "es2022", ...options, file],
      { cwd: project },
    ).catch((error: { stdout: string }) => Promise.reject(new Error(error.stdout)));

  for (const options of [
    ["--module", "nodenext"],
    ["--module", "esnext", "--moduleResolution", "bundler"],
  ]) {
    it(`have valid types in every file: ${options.join(" ")}`, async () => {
      await writeFile(join(project, "typed.ts"), TYPED);
      await typeCheck("typed.ts", "--lib", "es2022,dom", ...options);
    });
  }

  it("contain this repository's deployments, kinds and limits", async () => {
    const code = `
      const { deployments, KINDS, ROLES, ...rest } = await import("@tributary/contracts");
      const limits = Object.entries(rest).filter(([name]) => ${JSON.stringify(Object.keys(limits))}.includes(name));
      const text = (_name, value) => (typeof value === "bigint" ? String(value) : value);
      console.log(JSON.stringify({ deployments, KINDS, ROLES, limits: Object.fromEntries(limits) }, text));`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", code], { cwd: project });
    expect(JSON.parse(stdout)).to.deep.equal({
      deployments: { [deployment.chainId]: deployment },
      KINDS,
      ROLES,
      limits: { ...limits, TOTAL_SHARES: String(limits.TOTAL_SHARES) },
    });
  });

  it("depend on no package but the client's openapi-fetch", async () => {
    for (const [name, needed] of [
      ["contracts", []],
      ["client", ["openapi-fetch"]],
    ] as const) {
      const manifest = JSON.parse(await readFile(join(installed(name), "package.json"), "utf8")) as {
        dependencies?: object;
      };
      expect(Object.keys(manifest.dependencies ?? {}), name).to.deep.equal(needed);
    }
  });

  itAtLength("are built by `npm run packages`", async () => {
    const { stdout } = await run("npm", ["run", "--silent", "packages"], { cwd: ROOT, env: scratchEnvironment() });
    expect(stdout).to.contain("packages/contracts").and.to.contain("packages/client");
  });

  itAtLength("let an example pay a release and read where the fee goes, over the wire", async () => {
    await copyFile(join(ROOT, "examples/payAndTrace.ts"), join(project, "payAndTrace.ts"));
    await mkdir(join(project, "node_modules/@types"), { recursive: true });
    const types = ["--types", "node", "--typeRoots", join(ROOT, "node_modules/@types")];
    await typeCheck("payAndTrace.ts", "--module", "nodenext", "--skipLibCheck", ...types);

    const { stdout } = await run(process.execPath, ["payAndTrace.ts", "3", "1000000"], {
      cwd: project,
      env: {
        RPC_URL: economy.chain.url,
        PRIVATE_KEY: PAYER_KEY,
        API_URL: apiUrl,
      },
      timeout: 60_000,
    });
    // 60 %, 70 % of 40 % and 30 % of 40 % of a million, less 1 %.
    const [fee, ...parts] = stdout.trim().split("\n");
    expect(fee).to.match(/^Paid fee \d+-\d+ in transaction 0x/);
    expect(parts).to.deep.equal(
      ["agent 594000", "model 277200", "corpus 118800"].map((each) => `${each} base units of tUSD`),
    );
  });
});
