import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { createServer } from "../../indexer/api/createServer.ts";
import { sourceOf } from "../../indexer/journal.ts";
import { Indexer } from "../../indexer/live/indexer.ts";
import { buildExplorer } from "../../scripts/explorer/buildExplorer.ts";
import { startParticipant } from "../support/participant.ts";
import { withEmptyDatabase } from "../support/indexer/emptyStore.ts";

interface StartActionsOptions {
  /** Gives the pages an endpoint of the node. Otherwise they read the chain through the wallet only. Default: true. */
  hasEndpoint?: boolean;
  /** Returns the endpoint that the pages get, for the node's. Default: the node's. */
  endpointOf?: (url: string) => Promise<string>;
  /** Deploys a timelock as the admin. Default: false. */
  governed?: boolean;
  /** Deploys an ERC-8004 identity registry that the deployment uses. Default: false. */
  hasIdentities?: boolean;
}

/** Starts a node, a deployment with three assets, and the explorer over an indexer that can be stopped and restarted. */
export async function startActions(
  chainId: number,
  { hasEndpoint = true, endpointOf, governed = false, hasIdentities = false }: StartActionsOptions = {},
) {
  const folder = await buildExplorer();
  const on = await startParticipant(chainId, { governed, hasIdentities });
  const endpoint = (await endpointOf?.(on.url)) ?? on.url;
  let indexer: Indexer | undefined;
  let server: FastifyInstance | undefined;
  let port = 0;

  const start = async () => {
    indexer = await Indexer.start({
      rpcUrl: on.url,
      target: { folder: await withEmptyDatabase(join(on.folder, "journal")) },
      source: sourceOf(on.deployment),
      pollingIntervalMs: 20,
    });
    const rpcUrls = hasEndpoint ? { [chainId]: endpoint } : {};
    server = await createServer(indexer, { explorer: { folder, rpcUrls } });
    const url = await server.listen({ host: "127.0.0.1", port });
    port = Number(new URL(url).port);
    return `${url}/`;
  };
  const end = async () => {
    await server?.close();
    await indexer?.stop();
    server = indexer = undefined;
  };
  const url = await start();

  return {
    ...on,
    url,
    node: { url: on.url, chainId },
    send: (method: string, ...params: unknown[]): Promise<unknown> => on.ethers.provider.send(method, params),
    /** Waits until the indexer has the head of the chain. */
    caughtUp: async () => indexer?.waitForBlock(BigInt(await on.ethers.provider.getBlockNumber())),
    /** Stops the indexer and its API, as if the process had ended. */
    end,
    /** Starts the indexer and its API again. */
    start,
    stop: async () => {
      await end();
      await on.stop();
    },
  };
}

export type ActionsWorld = Awaited<ReturnType<typeof startActions>>;
