import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { createServer } from "../api/createServer.ts";
import { Indexer } from "../live/indexer.ts";
import type { Log } from "#node/log.ts";
import { IndexerMetrics } from "../service/metrics.ts";
import { withoutSecrets } from "#node/withoutSecrets.ts";
import { showProgress } from "../chain/progress.ts";
import { UserError } from "#protocol/userError.ts";
import type { ChainSettings } from "./settings.ts";

/** The folder of the built explorer. */
const EXPLORER = join(import.meta.dirname, "../../explorer/dist");

interface ListenSettings {
  host: string;
  port: number;
  questions: boolean;
  /** URLs of nodes that browsers may ask from the explorer, by chain id. */
  publicNodes: Readonly<Record<number, string>>;
}

export interface ServiceSettings {
  chains: readonly ChainSettings[];
  /** True: follow the chains and write the stores. False: follow stores that another process writes. */
  writes: boolean;
  /** The HTTP server: the API, or health and metrics only. Undefined: no server. */
  listen: ListenSettings | undefined;
  requestsPerSecond?: number | undefined;
  finalityDepth?: number | undefined;
  /** False: ignore the chains' bloom filters. Default: true. */
  useBlooms?: boolean | undefined;
  /** The interval of verifications; 0: never. */
  verifyEveryMs: number;
  verifySample: number;
  readyWithin: bigint;
  /** Default: see {@link ReadinessLimits}. */
  readyAgeMs?: number | undefined;
  /** The time that running requests may take after the process was told to stop. */
  graceMs: number;
}

/** Follows chains or stores and serves the API until the signal aborts, or until a fatal error in one of them. */
export async function runService(settings: ServiceSettings, log: Log, stop: AbortSignal): Promise<number> {
  const failed = new AbortController();
  const metrics = new IndexerMetrics();
  const indexers: Indexer[] = [];
  const progress: { stop: () => void }[] = [];
  let api: FastifyInstance | undefined;
  try {
    for (const chain of settings.chains) {
      if (stop.aborted) break;
      const { chainId } = chain.source;
      const shown = showProgress(chainId);
      progress.push(shown);
      const indexer = await start(chain, settings, log, metrics, shown.update, () => failed.abort());
      indexers.push(indexer);
      metrics.watch(indexer);
      const nodes = chain.rpcUrls.map(withoutSecrets).join(", ");
      log.info(
        settings.writes ? `Following chain ${chainId} at ${nodes}.` : `Following the store of chain ${chainId}.`,
      );
    }
    if (settings.listen && !stop.aborted) api = await listen(indexers, settings.listen, settings, log, metrics);
    log.info("Press Ctrl-C to stop.");
    const ended = AbortSignal.any([stop, failed.signal]);
    if (!ended.aborted) await new Promise((resolve) => ended.addEventListener("abort", resolve, { once: true }));
  } finally {
    for (const each of progress) each.stop();
    if (api) await close(api, settings.graceMs, log);
    await Promise.all(indexers.map((indexer) => indexer.stop()));
  }
  log.info("Stopped.");
  return failed.signal.aborted ? 1 : 0;
}

function start(
  { source, rpcUrls, target }: ChainSettings,
  { writes, requestsPerSecond, finalityDepth, useBlooms, verifyEveryMs, verifySample }: ServiceSettings,
  log: Log,
  metrics: IndexerMetrics,
  onProgress: ReturnType<typeof showProgress>["update"],
  onEnd: () => void,
): Promise<Indexer> {
  const { chainId } = source;
  const observer = metrics.observerOf(chainId);
  const shared = {
    source,
    target,
    requestsPerSecond,
    ...(verifyEveryMs > 0 && { verifyEveryMs, verifySample }),
    onRetry: ({ message }: Error, waitMs: number) => log.warn(message, { chainId, nextTryMs: Math.round(waitMs) }),
    onFailure: (error: unknown) => {
      log.error("The indexer stops on a fatal error:", error, { chainId });
      onEnd();
    },
    onVerified: ({
      block,
      compared,
      differing,
    }: {
      block: { number: bigint };
      compared: number;
      differing: number;
    }) => {
      const write = differing > 0 ? log.warn : log.info;
      write(
        differing > 0
          ? "The index differs from the contracts or from the chain's logs. `npm run indexer -- verify` lists the differences."
          : "The index agrees with the contracts and with the chain's logs.",
        {
          chainId,
          block: block.number,
          compared,
          differing,
        },
      );
    },
    onVerifyFailed: (error: unknown) => {
      observer.onVerifyFailed?.(error);
      log.warn(`The verification could not be completed: ${(error as Error).message}`, { chainId });
    },
  };
  if (writes)
    return Indexer.start({
      ...shared,
      rpcUrl: rpcUrls,
      finalityDepth,
      useBlooms,
      onProgress,
      onStored: observer.onStored,
    });
  return Indexer.read({ ...shared, ...(rpcUrls.length > 0 && { rpcUrl: rpcUrls }) });
}

async function listen(
  indexers: readonly Indexer[],
  { host, port, questions, publicNodes }: ListenSettings,
  { readyWithin, readyAgeMs }: ServiceSettings,
  log: Log,
  metrics: IndexerMetrics,
): Promise<FastifyInstance> {
  const onFault = (error: unknown) => log.error("A question could not be answered:", error);
  const explorer = existsSync(EXPLORER) ? { folder: EXPLORER, rpcUrls: publicNodes } : undefined;
  const options = { metrics, readyWithin, readyAgeMs, questions, explorer };
  const api = await createServer(indexers, { ...options, onFault });
  try {
    await api.listen({ host, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new UserError(`Port ${port} is in use. Choose another with --port.`, { cause: error });
  }
  log.info(`${questions ? "Serving the API at" : "Serving health and metrics at"} http://${host}:${port}`);
  if (questions && !explorer) log.info("The explorer is not built. To serve it, run npm run build:explorer first.");
  return api;
}

/** Refuses new requests, ends live events, and waits for running requests until the grace period ends. */
async function close(api: FastifyInstance, graceMs: number, log: Log): Promise<void> {
  const closed = api.close().then(() => true);
  if (await Promise.race([closed, sleep(graceMs, false)])) return;
  log.warn(`Some requests took longer than ${graceMs} ms to end. Their connections are closed.`);
  api.server.closeAllConnections();
  await closed;
}
