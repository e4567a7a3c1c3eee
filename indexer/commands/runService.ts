import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { ReadinessLimits } from "../api/health.ts";
import { createServer } from "../api/createServer.ts";
import { Indexer } from "../live/indexer.ts";
import type { Log } from "#node/log.ts";
import { IndexerMetrics } from "../service/metrics.ts";
import { pause, whenAborted } from "#node/abortable.ts";
import { withoutSecrets } from "#node/withoutSecrets.ts";
import { showProgress } from "../chain/progress.ts";
import { UserError } from "#protocol/userError.ts";
import type { ChainSettings } from "./settings.ts";

const SILENT_START_MS = 5_000;
/** The time after which a port that is in use is reported, although the store may not be open yet. */
const LONGEST_START_MS = 10_000;
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
  readiness: ReadinessLimits;
  /** The time that running requests may take after the process was told to stop. */
  graceMs: number;
}

/**
 * Follows chains or stores and serves the API until the signal aborts, or until a fatal error in one of them. The server
 * is opened first: until the nodes and the store answer, its health says what is missing.
 *
 * @throws {UserError} if an indexer cannot start, for a reason that does not pass by itself, or if the port is in use.
 */
export async function runService(settings: ServiceSettings, log: Log, stop: AbortSignal): Promise<number> {
  const failed = new AbortController();
  const ended = AbortSignal.any([stop, failed.signal]);
  const untilEnded = whenAborted(ended);
  const metrics = new IndexerMetrics(settings.readiness);
  const indexers: Indexer[] = [];
  const progress: { stop: () => void }[] = [];
  let api: FastifyInstance | undefined;
  try {
    for (const chain of settings.chains) {
      const shown = showProgress(chain.source.chainId);
      progress.push(shown);
      const indexer = start(chain, settings, log, metrics, shown.update, () => failed.abort());
      indexers.push(indexer);
      metrics.watch(indexer);
    }
    const started = Promise.all(indexers.map((indexer) => indexer.started));
    started.catch(() => undefined); // if the server cannot be opened either, that is reported
    if (settings.listen) api = await listen(indexers, settings.listen, settings, metrics, log, started);
    const late = new AbortController();
    const begun = Promise.race([untilEnded, started]).finally(() => late.abort());
    await Promise.race([begun, pause(SILENT_START_MS, late.signal)]);
    if (!late.signal.aborted) log.info(describeWait(settings));
    await begun;
    if (!ended.aborted) logStart(settings, log);
    await untilEnded;
  } finally {
    for (const each of progress) each.stop();
    if (api) await close(api, settings.graceMs, log);
    await Promise.all(indexers.map((indexer) => indexer.stop()));
  }
  log.info("Stopped.");
  return failed.signal.aborted ? 1 : 0;
}

function describeWait({ listen: listening }: ServiceSettings): string {
  const missing = listening ? ` http://${listening.host}:${listening.port}/health says what is missing.` : "";
  return `Waiting for the nodes and the store. The indexer keeps trying and starts by itself.${missing}`;
}

function logStart({ chains, writes, listen: listening }: ServiceSettings, log: Log): void {
  for (const { source, rpcUrls } of chains) {
    const nodes = rpcUrls.map(withoutSecrets).join(", ");
    log.info(
      writes ? `Following chain ${source.chainId} at ${nodes}.` : `Following the store of chain ${source.chainId}.`,
    );
  }
  if (listening) {
    const { host, port, questions } = listening;
    log.info(`${questions ? "Serving the API at" : "Serving health and metrics at"} http://${host}:${port}`);
  }
  if (listening?.questions && !existsSync(EXPLORER)) {
    log.info("The explorer is not built. To serve it, run npm run build:explorer first.");
  }
  log.info("Press Ctrl-C to stop.");
}

function start(
  { source, rpcUrls, target }: ChainSettings,
  { writes, requestsPerSecond, finalityDepth, useBlooms, verifyEveryMs, verifySample }: ServiceSettings,
  log: Log,
  metrics: IndexerMetrics,
  onProgress: ReturnType<typeof showProgress>["update"],
  onEnd: () => void,
): Indexer {
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
    return Indexer.startPatiently({
      ...shared,
      rpcUrl: rpcUrls,
      finalityDepth,
      useBlooms,
      onProgress,
      onStored: observer.onStored,
    });
  return Indexer.readPatiently({ ...shared, ...(rpcUrls.length > 0 && { rpcUrl: rpcUrls }) });
}

async function listen(
  indexers: readonly Indexer[],
  { host, port, questions, publicNodes }: ListenSettings,
  { readiness }: ServiceSettings,
  metrics: IndexerMetrics,
  log: Log,
  started: Promise<unknown>,
): Promise<FastifyInstance> {
  const onFault = (error: unknown) => log.error("A question could not be answered:", error);
  const explorer = existsSync(EXPLORER) ? { folder: EXPLORER, rpcUrls: publicNodes } : undefined;
  const api = await createServer(indexers, { ...readiness, metrics, questions, explorer, onFault });
  try {
    await api.listen({ host, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    // A second process of the same service is told about its store first.
    await Promise.race([started, sleep(LONGEST_START_MS, undefined, { ref: false })]);
    throw new UserError(`Port ${port} is in use. Choose another with --port.`, { cause: error });
  }
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
