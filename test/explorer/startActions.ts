import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { createServer } from "../../indexer/api/createServer.ts";
import { sourceOf } from "../../indexer/journal.ts";
import { Indexer } from "../../indexer/live/indexer.ts";
import { buildExplorer } from "../../scripts/explorer/buildExplorer.ts";
import { startParticipant } from "../support/participant.ts";

interface StartActionsOptions {
  /** Whether the pages are told of the node, too, or know the chain by the wallet alone. */
  tellsNode?: boolean;
}

/** A node, a deployment with three assets, and the explorer over an indexer that can be stopped and started again. */
export async function startActions(chainId: number, { tellsNode = true }: StartActionsOptions = {}) {
  const folder = await buildExplorer();
  const on = await startParticipant(chainId);
  let indexer: Indexer | undefined;
  let server: FastifyInstance | undefined;
  let port = 0;

  const start = async () => {
    indexer = await Indexer.start({
      rpcUrl: on.url,
      target: { folder: join(on.folder, "journal") },
      source: sourceOf(on.deployment),
      pollingIntervalMs: 20,
    });
    const rpcUrls = tellsNode ? { [chainId]: on.url } : {};
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
    /** Until all that happened on the chain can be asked. */
    caughtUp: async () => indexer?.waitForBlock(BigInt(await on.ethers.provider.getBlockNumber())),
    /** As if the indexer's process had ended, and was started again. */
    end,
    start,
    stop: async () => {
      await end();
      await on.stop();
    },
  };
}

export type ActionsWorld = Awaited<ReturnType<typeof startActions>>;
