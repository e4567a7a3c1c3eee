// Measures an import in batches against one registration a transaction, in turn, each on a new chain in this process.
// Arguments: lineage files. Default: a synthetic lineage of 5,000 assets.
import { type Address, createPublicClient, custom } from "viem";
import { Chain } from "#client/chain/chain.ts";
import { seededRandom } from "#node/seededRandom.ts";
import { type Lineage, parseLineage } from "#protocol/lineage.ts";
import { startLocalChain } from "../../scripts/demo/startLocalChain.ts";
import { LOCAL_CHAIN_ID } from "../../scripts/deploy/localMoney.ts";
import { deployTestCurrencies } from "../support/economy/testCurrencies.ts";
import { deployTributary } from "../../scripts/deploy/deployTributary.ts";
import { DEFAULT_BATCH_GAS, importLineage } from "../../scripts/import/importLineage.ts";
import { LocalOwners } from "../../scripts/import/owners.ts";
import { planImport } from "../../scripts/import/planImport.ts";
import { readLineage } from "../../scripts/import/readLineage.ts";
import { report } from "./figure.ts";

const ROUNDS = 2;

const files = process.argv.slice(2);
const lineages: [string, Lineage][] =
  files.length > 0
    ? await Promise.all(files.map(async (file): Promise<[string, Lineage]> => [file, await readLineage(file)]))
    : [["5,000 synthetic assets", syntheticLineage(5_000)]];

for (const [name, lineage] of lineages) {
  for (let round = 1; round <= ROUNDS; round++) {
    for (const [way, batchGas] of [
      ["in batches", DEFAULT_BATCH_GAS],
      ["one by one", 1],
    ] as const) {
      const { releases, transactions, gas, seconds } = await measure(lineage, batchGas);
      const what = `${name}, ${way}, round ${round}`;
      report({
        name: `${what}: ${releases} releases in ${transactions} transactions`,
        value: releases / seconds,
        unit: "releases/s",
      });
      report({ name: what, value: Number(gas) / releases, unit: "gas/release" });
    }
  }
}

async function measure(lineage: Lineage, batchGas: number) {
  const chain = await startLocalChain();
  try {
    const [deployer, commons] = await chain.ethers.getSigners();
    if (!deployer || !commons) throw new Error("The chain has no accounts.");
    const currencies = await deployTestCurrencies(chain.ethers);
    const tributary = await deployTributary(chain.ethers, { admin: deployer, commonsBeneficiary: commons, currencies });
    const deployment = {
      chainId: LOCAL_CHAIN_ID,
      registry: (await tributary.registry.getAddress()) as Address,
      ledger: (await tributary.ledger.getAddress()) as Address,
      periphery: {},
    };
    const client = createPublicClient({ transport: custom(chain.provider, { retryCount: 0 }) });
    const plan = planImport(lineage);
    const begin = performance.now();
    const { transactions, gas } = await importLineage({
      chain: new Chain({ client, deployment }),
      provider: chain.provider,
      account: deployer.address as Address,
      startBlock: tributary.startBlock,
      plan,
      ownerOf: new LocalOwners().ownerOf,
      batchGas,
    });
    return { releases: plan.length, transactions, gas, seconds: (performance.now() - begin) / 1_000 };
  } finally {
    await chain.close();
  }
}

function syntheticLineage(count: number): Lineage {
  const random = seededRandom(1);
  const assets = Array.from({ length: count }, (_, i) => ({
    name: `asset ${i}`,
    kind: "model",
    organization: `organization ${i % 50}`,
    date: null,
    dependsOn: [...new Set(Array.from({ length: i % 9 }, () => `asset ${random.between(0, i)}`))],
  }));
  return parseLineage({ assets });
}
