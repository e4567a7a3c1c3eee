import { rm } from "node:fs/promises";
import { join } from "node:path";
import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { expect } from "chai";
import { id, ZeroAddress } from "ethers";
import hre from "hardhat";
import type { NetworkHooks } from "hardhat/types/hooks";
import { getContractAddress } from "viem";
import { tributaryModule } from "../../ignition/modules/Tributary.ts";
import { PERMIT2 } from "#protocol/typedData.ts";
import { connectTo, type LocalChain, startLocalChain } from "../demo/startLocalChain.ts";
import { createdBy, readIgnitionJournal } from "./ignitionJournal.ts";
import { wipeFailedReads } from "./recoverUnrecorded.ts";

const SELECTOR = id("ledger()").slice(0, 10);
const READ = "Tributary#AssetRegistry.ledger";

/** The module as it was: it read the ledger's address from the chain. */
const older = buildModule("Tributary", (m) => {
  const admin = m.getParameter<string>("admin");
  const registry = m.contract("AssetRegistry", [
    admin,
    m.getParameter("commonsPpm"),
    m.getParameter<string>("commonsBeneficiary"),
    m.getParameter("wrappedNative"),
    m.getParameter<string[]>("currencies"),
    m.getParameter("identityRegistry"),
  ]);
  const ledger = m.contractAt("FeeLedger", m.staticCall(registry, "ledger"));
  return { registry, ledger, inlets: m.contract("Inlets", [ledger]) };
});

describe("a deployment that an older version began", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  before(async () => {
    chain = await startLocalChain();
  });
  after(() => chain.close());

  for (const isStale of [true, false]) {
    it(`goes on ${isStale ? "after a stale read that was journalled as failed" : "from where it ended"}`, async () => {
      const deploymentId = `older-journal-${process.pid}-${isStale}`;
      const folder = join(hre.config.paths.ignition, "deployments", deploymentId);
      const stale: Partial<NetworkHooks> = {
        onRequest: (context, connection, request, next) => {
          const [call] = Array.isArray(request.params) ? (request.params as { data?: string }[]) : [];
          return request.method === "eth_call" && call?.data === SELECTOR
            ? Promise.resolve({ jsonrpc: "2.0", id: request.id, result: "0x" })
            : next(context, connection, request);
        },
      };
      if (isStale) hre.hooks.registerHandlers("network", stale);
      const { ignition, ethers } = await connectTo(chain.url);
      const [deployer] = await ethers.getSigners();
      const parameters = {
        Tributary: {
          admin: deployer?.address ?? "",
          commonsBeneficiary: deployer?.address ?? "",
          commonsPpm: 10_000,
          wrappedNative: ZeroAddress,
          currencies: [await (await ethers.deployContract("TestCurrency", ["Dollar", "tUSD", 6])).getAddress()],
          identityRegistry: ZeroAddress,
          permit2: PERMIT2,
        },
      };
      try {
        const begun = await ignition.deploy(older, { deploymentId, parameters }).catch(String);
        expect(String(begun).includes(READ)).to.equal(isStale);
        const before = await deployer?.getNonce();

        await wipeFailedReads(folder);
        const registry = createdBy("Tributary#AssetRegistry", await readIgnitionJournal(folder));
        if (registry === undefined) expect.fail("There is no registry in the journal.");
        const address = getContractAddress({ from: registry as `0x${string}`, nonce: 1n });
        const module = tributaryModule({ timelock: false }, address);
        const { ledger, inlets, preview } = await ignition.deploy(module, { deploymentId, parameters });
        hre.hooks.unregisterHandlers("network", stale);
        const typed = await ethers.getContractAt("AssetRegistry", registry);
        expect(await ledger.getAddress()).to.equal(await typed.ledger());
        expect(await ethers.provider.getCode(await inlets.getAddress())).not.to.equal("0x");
        expect(await ethers.provider.getCode(await preview.getAddress())).not.to.equal("0x");
        expect(((await deployer?.getNonce()) ?? 0) - (before ?? 0)).to.equal(isStale ? 4 : 3);
      } finally {
        hre.hooks.unregisterHandlers("network", stale);
        await rm(folder, { recursive: true, force: true });
      }
    });
  }
});
