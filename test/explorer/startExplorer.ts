import type { FastifyInstance } from "fastify";
import { createServer } from "../../indexer/api/createServer.ts";
import type { Indexer } from "../../indexer/live/indexer.ts";
import { buildExplorer } from "../../scripts/explorer/buildExplorer.ts";
import { startSmallEconomy } from "../support/economy/smallEconomy.ts";
import { Kind, registerAsset, Role } from "../support/economy/assets.ts";

/** Metadata that tries to make a page run something. */
export const HOSTILE = {
  name: `<script>window.hacked=1</script>\u202e${"W".repeat(3_000)}`,
  organization: `"><img src=x onerror="window.hacked=2">`,
  description: `<svg onload="window.hacked=3"></svg>\n\n[link](javascript:window.hacked=4)`,
  image: "https://images.invalid/giant.png",
  homepage: "javascript:window.hacked=5",
  card: "https://example.invalid/card",
  weights: "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",
  page: "data:text/html,<script>window.hacked=6</script>",
  deep: { toString: "no", list: [1, [2]] },
};

/**
 * Starts the small economy (corpus 1, model 2, agent 3) with asset 4, which has hostile metadata, two shareholders and the
 * model as its ancestor, and asset 5, whose metadata is not JSON. Pays fees, and serves the explorer over all of it.
 */
export async function startExplorer() {
  const folder = await buildExplorer();
  const economy = await startSmallEconomy();
  const { accounts, tributary } = economy;
  await registerAsset(tributary, accounts.carol, {
    kind: Kind.Agent,
    metadata: JSON.stringify(HOSTILE),
    contributions: [{ release: 2, weight: 250_000 }],
    label: "<b>1.0</b>",
    allocations: [
      { account: accounts.carol.address, role: Role.Training, shares: 60_000_000 },
      { account: accounts.alice.address, role: Role.Data, shares: 40_000_000 },
    ],
  });
  await registerAsset(tributary, accounts.bob, { metadata: '{"name": "broken' });
  await economy.pay(3, 1_000_000n);
  await economy.pay(4, 2_000_003n);
  await economy.pay(1, 5_000n);
  await tributary.ledger.settle([3, 2], economy.dollar);

  let indexer: Indexer = await economy.startIndexer();
  await economy.caughtUp(indexer);
  let server: FastifyInstance | undefined;
  const serve = async (port = 0) => {
    server = await createServer(indexer, { explorer: { folder } });
    return server.listen({ host: "127.0.0.1", port });
  };
  const url = `${await serve()}/`;

  return {
    economy,
    url,
    folder,
    indexer: () => indexer,
    /** Waits until the indexer has the head of the chain. */
    caughtUp: () => economy.caughtUp(indexer),
    /** Stops the indexer and its API, as if the process had ended. */
    async end() {
      await server?.close();
      await economy.stopIndexer(indexer);
    },
    async restart() {
      indexer = await economy.startIndexer();
      await economy.caughtUp(indexer);
      await serve(Number(new URL(url).port));
    },
    async stop() {
      await server?.close();
      await economy.stop();
    },
  };
}

export type Explorer = Awaited<ReturnType<typeof startExplorer>>;
