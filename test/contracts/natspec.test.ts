import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect } from "chai";
import { type Abi, type AbiFunction, toFunctionSignature } from "viem";

const ROOT = join(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);

/** The contracts that people call, where they are. */
const CONTRACTS: Record<string, string> = {
  AssetRegistry: "contracts/AssetRegistry.sol",
  FeeLedger: "contracts/FeeLedger.sol",
  Inlets: "contracts/periphery/Inlets.sol",
  Inlet: "contracts/periphery/Inlet.sol",
  SignedPayments: "contracts/periphery/SignedPayments.sol",
  ReleasePreview: "contracts/periphery/ReleasePreview.sol",
};
const INTERFACES: Record<string, string> = {
  IAssetRegistry: "contracts/interfaces/IAssetRegistry.sol",
  IFeeLedger: "contracts/interfaces/IFeeLedger.sol",
};

interface Documented {
  abi: Abi;
  userdoc: { methods?: Record<string, { notice?: string }> };
  devdoc: { methods?: Record<string, { params?: Record<string, string> }> };
}

/** What the compiler writes for wallets and explorers; it makes no code. */
function compileDocs(): Record<string, Documented> {
  const compiler = require("solc/wrapper")(require("solc/soljson.js"));
  const places = Object.entries({ ...CONTRACTS, ...INTERFACES });
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(places.map(([, file]) => [file, { content: readFileSync(join(ROOT, file), "utf8") }])),
    settings: { evmVersion: "prague", outputSelection: { "*": { "*": ["abi", "devdoc", "userdoc"] } } },
  };
  const findImport = (path: string) => {
    const found = [path, join("node_modules", path)].map((place) => join(ROOT, place)).find((file) => existsSync(file));
    return found === undefined ? { error: "not found" } : { contents: readFileSync(found, "utf8") };
  };
  const output = JSON.parse(compiler.compile(JSON.stringify(input), { import: findImport })) as {
    contracts: Record<string, Record<string, Documented>>;
  };
  return Object.fromEntries(
    places.map(([name, file]) => {
      const contract = output.contracts[file]?.[name];
      if (!contract) throw new Error(`${file} does not compile.`);
      return [name, contract];
    }),
  );
}

const functionsOf = ({ abi }: Documented) => abi.filter((item): item is AbiFunction => item.type === "function");

/** Functions that are OpenZeppelin's, as the standards describe them. */
const STANDARD = new Set(
  [
    "approve balanceOf balanceOfBatch eip712Domain getApproved isApprovedForAll multicall name ownerOf",
    "safeBatchTransferFrom safeTransferFrom setApprovalForAll supportsInterface symbol transferFrom",
  ].flatMap((names) => names.split(" ")),
);

describe("What explorers show of a function", function () {
  this.timeout(60_000);
  let docs: Record<string, Documented>;
  before(() => (docs = compileDocs()));

  for (const name of Object.keys(CONTRACTS)) {
    it(`says what it is for, and what each argument of it means: ${name}`, () => {
      // A getter's arguments are documented where the interface declares it: the compiler hands down its notice only.
      const places = [docs[name], docs[`I${name}`]].filter((doc) => doc !== undefined);
      for (const item of functionsOf(places[0] ?? { abi: [], userdoc: {}, devdoc: {} })) {
        if (STANDARD.has(item.name)) continue;
        const signature = toFunctionSignature(item);
        const notices = places.map(({ userdoc }) => userdoc.methods?.[signature]?.notice);
        expect(notices.find(Boolean), `${signature} has no notice`).to.be.a("string");
        const params = places.map(({ devdoc }) => devdoc.methods?.[signature]?.params ?? {});
        for (const { name: input } of item.inputs) {
          expect(input, `${signature} has an argument without a name`).to.be.a("string").that.is.not.equal("");
          const told = params.some((texts) => texts[input ?? ""]);
          expect(told, `${signature} does not tell what ${input} is`).to.equal(true);
        }
      }
    });
  }

  it("takes no packed bytes but signatures and what the standards say, from anyone but the registry", () => {
    const packed: string[] = [];
    for (const name of Object.keys(CONTRACTS)) {
      for (const { name: called, inputs, stateMutability } of functionsOf(docs[name] as Documented)) {
        if (stateMutability === "view" || stateMutability === "pure" || STANDARD.has(called)) continue;
        const visit = (parameters: readonly { name?: string; type: string; components?: readonly never[] }[]) => {
          for (const { name: input, type, components } of parameters) {
            if (/^bytes(\[\])*$/.test(type)) packed.push(`${called}.${input}`);
            if (components) visit(components);
          }
        };
        visit(inputs as readonly { name?: string; type: string; components?: readonly never[] }[]);
      }
    }
    expect([...new Set(packed)].toSorted()).to.deep.equal([
      "payFromContractWallet.signature",
      "payWithPermit2.signature",
      "publishWithGrants.signature",
      "registerWithGrants.signature",
    ]);
  });
});
