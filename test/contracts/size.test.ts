import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { artifacts } from "hardhat";

const CONTRACTS = join(import.meta.dirname, "../../contracts");

/** EIP-170 and EIP-3860. */
const MOST_CODE_BYTES = 24_576;
const MOST_INIT_CODE_BYTES = 49_152;

describe("The size of the contracts", () => {
  it("leaves the ledger, with its own libraries, below 600 lines of code: one reader can hold it in their head", async () => {
    let lines = 0;
    for (const file of ["FeeLedger", "libraries/Edge", "libraries/ReleaseWord", "libraries/Split", "libraries/Tally"]) {
      const source = await readFile(join(CONTRACTS, `${file}.sol`), "utf8");
      lines += source.split("\n").filter((line) => line.trim() !== "" && !line.trim().startsWith("//")).length;
    }
    expect(lines).to.be.below(600);
  });

  for (const name of [
    "FeeLedger",
    "AssetRegistry",
    "Inlets",
    "Inlet",
    "Outlets",
    "Outlet",
    "SignedPayments",
    "ReleasePreview",
  ]) {
    it(`lets ${name} be deployed on any chain`, async () => {
      const { bytecode, deployedBytecode } = await artifacts.readArtifact(name);
      expect(deployedBytecode.length / 2 - 1).to.be.at.most(MOST_CODE_BYTES);
      expect(bytecode.length / 2 - 1).to.be.at.most(MOST_INIT_CODE_BYTES);
    });
  }
});
