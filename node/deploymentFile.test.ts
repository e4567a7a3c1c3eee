import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Address } from "viem";
import type { Deployment } from "#protocol/deployment.ts";
import { UserError } from "#protocol/userError.ts";
import { readDeployment, writeDeployment } from "./deploymentFile.ts";

const address = (digit: number): Address => `0x${String(digit).repeat(40)}`;
const PLAIN = { chainId: 7, registry: address(1), ledger: address(2), startBlock: 10 };
const MADE = {
  admin: address(5),
  timelock: { delay: 60, proposer: address(6) },
  commonsBeneficiary: address(7),
  commonsPpm: 10_000,
  currencies: [{ address: address(8), symbol: "USD", decimals: 6 }],
  wrappedNative: address(0),
  identityRegistry: address(0),
  permit2: address(9),
  transaction: "0x12",
  compiler: { version: "0.8.37", settings: { evmVersion: "prague" } },
};

describe("a deployment file", () => {
  let folder: string;
  let file: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tributary-deployment-"));
    file = join(folder, "deployments/7.json");
  });
  after(() => rm(folder, { recursive: true }));

  it("is read as it was written", async () => {
    const deployment: Deployment = {
      ...PLAIN,
      periphery: { inlets: { address: address(3), fromBlock: 12 }, timelock: { address: address(5), fromBlock: 9 } },
      made: MADE,
    };
    await writeDeployment(file, deployment);
    expect(await readDeployment(file)).to.deep.equal(deployment);
  });

  it("may have the former shape: only addresses, and the timelock as the admin", async () => {
    await writeFile(file, JSON.stringify({ ...PLAIN, periphery: { inlets: address(3) }, made: MADE }));
    expect((await readDeployment(file)).periphery).to.deep.equal({
      inlets: { address: address(3), fromBlock: 10 },
      timelock: { address: address(5), fromBlock: 10 },
    });
    await writeFile(file, JSON.stringify(PLAIN));
    expect(await readDeployment(file)).to.deep.equal({ ...PLAIN, periphery: {} });
  });

  it("is refused with a reason if it is missing, or does not describe a deployment", async () => {
    const refusal = (name: string) => readDeployment(name).catch((error: unknown) => error);
    expect(await refusal(join(folder, "none.json"))).to.be.instanceOf(UserError);
    await writeFile(file, JSON.stringify({ ...PLAIN, ledger: "0x12" }));
    const error = await refusal(file);
    expect(error).to.be.instanceOf(UserError);
    expect(String(error))
      .to.contain("is not a deployment file, as `npx hardhat deploy` writes it")
      .and.to.contain("ledger");
  });
});
