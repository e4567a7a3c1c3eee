import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Address } from "viem";
import { Indexer } from "../../../indexer/live/indexer.ts";
import { startLocalChain } from "../../../scripts/demo/startLocalChain.ts";
import { LOCAL_CHAIN_ID } from "../../../scripts/deploy/localMoney.ts";
import { deployTestCurrencies } from "./testCurrencies.ts";
import { deployTributary } from "../../../scripts/deploy/deployTributary.ts";
import { Kind, registerAsset } from "./assets.ts";
import { withEmptyDatabase } from "../indexer/emptyStore.ts";

/**
 * Starts a chain with three assets of three owners, with payers, and with any number of indexers. The agent (id 3) passes
 * 40 % to the model (id 2), which passes 30 % to the corpus (id 1).
 */
export async function startSmallEconomy(chainId = LOCAL_CHAIN_ID) {
  const chain = await startLocalChain(0, chainId);
  const [admin, commons, alice, bob, carol, payer] = await chain.ethers.getSigners();
  if (!admin || !commons || !alice || !bob || !carol || !payer) throw new Error("The chain has too few accounts.");
  const [dollar, ether] = await deployTestCurrencies(chain.ethers);
  const tributary = await deployTributary(chain.ethers, {
    admin,
    commonsBeneficiary: commons,
    currencies: [dollar, ether],
  });
  const named = (name: string) => JSON.stringify({ name, organization: "Acme" });
  await registerAsset(tributary, alice, { metadata: named("corpus") });
  await registerAsset(tributary, bob, {
    kind: Kind.Model,
    metadata: named("model"),
    contributions: [{ release: 1, weight: 300_000 }],
  });
  await registerAsset(tributary, carol, {
    kind: Kind.Agent,
    metadata: named("agent"),
    contributions: [{ release: 2, weight: 400_000 }],
  });
  for (const currency of [dollar, ether]) {
    await currency.mint(payer, 10n ** 24n);
    await currency.connect(payer).approve(tributary.ledger, 10n ** 24n);
  }

  const folder = await mkdtemp(join(tmpdir(), "tributary-"));
  const running = new Set<Indexer>();
  const source = {
    chainId,
    registry: (await tributary.registry.getAddress()) as Address,
    ledger: (await tributary.ledger.getAddress()) as Address,
    startBlock: BigInt(tributary.startBlock),
  };
  const startIndexer = async (name = "journal") => {
    const indexer = await Indexer.start({
      rpcUrl: chain.url,
      target: { folder: await withEmptyDatabase(join(folder, name)) },
      source,
      pollingIntervalMs: 20,
    });
    running.add(indexer);
    return indexer;
  };
  const caughtUp = async (indexer: Indexer) => {
    await indexer.waitForBlock(BigInt(await chain.ethers.provider.getBlockNumber()));
    return indexer.state;
  };
  const stopIndexer = async (indexer: Indexer) => {
    running.delete(indexer);
    await indexer.stop();
  };
  const stop = async () => {
    for (const indexer of running) await indexer.stop();
    await chain.close();
    await rm(folder, { recursive: true });
  };
  const pay = (release: number, amount: bigint, reference = chain.ethers.ZeroHash) =>
    tributary.ledger.connect(payer).pay(release, dollar, amount, reference);
  const accounts = { admin, commons, alice, bob, carol, payer };
  return { chain, tributary, dollar, ether, accounts, pay, source, startIndexer, stopIndexer, caughtUp, stop, folder };
}

export type SmallEconomy = Awaited<ReturnType<typeof startSmallEconomy>>;
