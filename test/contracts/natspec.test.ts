import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type Abi, type AbiFunction, type AbiParameter, toFunctionSignature } from "viem";
import { compileSolidity } from "../support/contracts/compileSolidity.ts";

const ROOT = join(import.meta.dirname, "../..");

/** The contracts that people call, where they are. */
const CONTRACTS: Record<string, string> = {
  AssetRegistry: "contracts/AssetRegistry.sol",
  FeeLedger: "contracts/FeeLedger.sol",
  Inlets: "contracts/periphery/payments/Inlets.sol",
  Inlet: "contracts/periphery/payments/Inlet.sol",
  Outlets: "contracts/periphery/payments/Outlets.sol",
  Outlet: "contracts/periphery/payments/Outlet.sol",
  SignedPayments: "contracts/periphery/payments/SignedPayments.sol",
  ReleasePreview: "contracts/periphery/lens/ReleasePreview.sol",
};
const INTERFACES: Record<string, string> = {
  IAssetRegistry: "contracts/interfaces/IAssetRegistry.sol",
  IFeeLedger: "contracts/interfaces/IFeeLedger.sol",
};

interface Documented {
  abi: Abi;
  userdoc: { methods?: Record<string, { notice?: string }> };
  devdoc: { methods?: Record<string, { details?: string; params?: Record<string, string> }> };
}

/** Reads what the compiler writes for wallets and explorers about each contract and interface. */
function compileDocs(): Record<string, Documented> {
  const places = Object.entries({ ...CONTRACTS, ...INTERFACES });
  const sources = Object.fromEntries(places.map(([, file]) => [file, readFileSync(join(ROOT, file), "utf8")]));
  const compiled = compileSolidity<Documented>(
    sources,
    ["abi", "devdoc", "userdoc"],
    [ROOT, join(ROOT, "node_modules")],
  );
  return Object.fromEntries(
    places.flatMap(([name, file]) => {
      const contract = compiled[file]?.[name];
      return contract ? [[name, contract]] : [];
    }),
  );
}

function functionsOf(documented: Documented | undefined): AbiFunction[] {
  const functions = documented?.abi.filter((item): item is AbiFunction => item.type === "function") ?? [];
  expect(functions).not.to.have.length(0);
  return functions;
}

/** Functions that are OpenZeppelin's: each has a description, by which wallets know it without one. */
const STANDARD = new Set(
  [
    "approve balanceOf balanceOfBatch eip712Domain getApproved isApprovedForAll multicall name ownerOf",
    "safeBatchTransferFrom safeTransferFrom setApprovalForAll supportsInterface symbol transferFrom onERC1155Received onERC1155BatchReceived",
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
      for (const item of functionsOf(docs[name])) {
        const signature = toFunctionSignature(item);
        if (STANDARD.has(item.name)) {
          expect(docs[name]?.devdoc.methods?.[signature]?.details, signature).to.be.a("string");
          continue;
        }
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
      for (const { name: called, inputs, stateMutability } of functionsOf(docs[name])) {
        if (stateMutability === "view" || stateMutability === "pure" || STANDARD.has(called)) continue;
        const visit = (parameter: AbiParameter) => {
          if (/^bytes(\[\])*$/.test(parameter.type)) packed.push(`${called}.${parameter.name}`);
          if ("components" in parameter) parameter.components.forEach(visit);
        };
        inputs.forEach(visit);
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
