import { Counter, Gauge, Histogram } from "prom-client";
import { Metrics } from "#node/metrics.ts";
import { blocksBehind, isReady, limitsOf, type ReadinessLimits } from "../api/health.ts";
import { scheduledCalls } from "../books/periphery/governance.ts";
import type { Indexer } from "../live/indexer.ts";
import type { StartIndexerParameters } from "../live/parameters.ts";
import { longWalks } from "../scheduling/turns.ts";

/** The parts of an indexer that are measured. */
type MeasuredIndexer = Pick<
  Indexer,
  "source" | "health" | "block" | "view" | "viewAt" | "onBlock" | "endpoints" | "verification"
>;

/** Prometheus metrics of a process that indexes or serves deployments. docs/indexer.md lists them. */
export class IndexerMetrics extends Metrics {
  readonly #watched: MeasuredIndexer[] = [];
  readonly #events: Counter<"chain">;
  readonly #reorgs: Counter<"chain">;
  readonly #batches: Histogram<"chain">;
  readonly #stored: Counter<"chain">;
  readonly #verifyFailures: Counter<"chain">;

  /** @param limits The limits of readiness. Default: those of the server. */
  constructor(limits: Partial<ReadinessLimits> = {}) {
    super();
    const registers = [this.registry];
    const chain = ["chain"] as const;
    const counter = (name: string, help: string) => new Counter({ name, help, labelNames: chain, registers });
    this.#events = counter("tributary_events_applied_total", "Events of the contracts applied since the start");
    this.#reorgs = counter(
      "tributary_reorgs_total",
      "Reorgs since the start: how often the chain replaced indexed blocks",
    );
    this.#stored = counter("tributary_store_events_total", "Events written to the store since the start");
    this.#verifyFailures = counter(
      "tributary_verify_failures_total",
      "Verifications since the start that could not be completed",
    );
    this.#batches = new Histogram({
      name: "tributary_store_batch_seconds",
      help: "Time to write a batch of blocks to the store, in seconds",
      labelNames: chain,
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });

    this.#gauge("tributary_head_block", "Number of the newest known block of the chain", ({ health }) => health.head);
    this.#gauge("tributary_indexed_block", "Number of the newest indexed block", ({ block }) => block?.number);
    this.#gauge(
      "tributary_indexed_block_timestamp_seconds",
      "Time of the newest indexed block, in seconds since 1970",
      ({ block }) => block?.timestamp,
    );
    this.#gauge("tributary_final_block", "Number of the newest final block", ({ health }) => health.final?.number);
    this.#gauge(
      "tributary_lag_blocks",
      "Number of blocks between the newest indexed block and the newest known one",
      blocksBehind,
    );
    this.#gauge("tributary_failed", "1 after a fatal error, else 0", ({ health }) => (health.failure ? 1 : 0));
    this.#gauge(
      "tributary_last_contact_timestamp_seconds",
      "Time of the last answer from a node (in a process that only serves: from the store), in seconds since 1970",
      ({ health }) => secondsOf(health.lastContact),
    );
    this.#gauge(
      "tributary_last_append_timestamp_seconds",
      "Time at which blocks were last written to the store, in seconds since 1970",
      ({ health }) => secondsOf(health.lastAppend),
    );
    this.#gauge(
      "tributary_waiting_seconds",
      "Time for which a block of the chain that was seen has waited to be indexed, in seconds; 0 if none waits",
      ({ health }) => health.waitingMs / 1_000,
    );
    this.#gauge("tributary_ready", "1 if the chain is ready as in /health/ready, else 0", (indexer) =>
      isReady(indexer, limitsOf(limits)) ? 1 : 0,
    );
    this.#gauge(
      "tributary_unchecked",
      "1 if logs that a node leaves out would not be noticed while blocks are read, else 0; absent in a process that only serves",
      ({ health: { completeness } }) => completeness && (completeness === "unchecked" ? 1 : 0),
    );
    this.#problems();
    this.#gauge(
      "tributary_timelock_waiting_calls",
      "Number of scheduled calls of the timelock that cannot be executed yet",
      (indexer) => scheduledOf(indexer)?.waiting,
    );
    this.#gauge(
      "tributary_timelock_ready_calls",
      "Number of scheduled calls of the timelock that can be executed",
      (indexer) => scheduledOf(indexer)?.ready,
    );
    const verification = (
      name: string,
      help: string,
      read: (of: NonNullable<MeasuredIndexer["verification"]>) => Value,
    ) => this.#gauge(name, help, ({ verification: last }) => last && read(last));
    verification(
      "tributary_verified_block",
      "Number of the block of the last verification",
      ({ result }) => result.block.number,
    );
    verification(
      "tributary_verified_compared",
      "Number of contract answers that the last verification compared",
      ({ result }) => result.compared,
    );
    verification(
      "tributary_verified_logs",
      "Number of logs that the last verification compared",
      ({ result }) => result.logs,
    );
    verification(
      "tributary_verified_differing",
      "Number of differences that the last verification found",
      ({ result }) => result.differing,
    );
    verification(
      "tributary_verified_withheld",
      "Number of logs in the journal that the node did not return at the last verification",
      ({ result }) => result.withheld,
    );
    verification(
      "tributary_verified_timestamp_seconds",
      "Time of the last verification, in seconds since 1970",
      ({ at }) => secondsOf(at),
    );

    const endpoint = (name: string, help: string, read: (of: MeasuredIndexer["endpoints"][number]) => Value) =>
      this.#endpointGauge(name, help, read);
    endpoint("tributary_rpc_head_block", "Number of the newest block of each node", ({ head }) => head);
    endpoint(
      "tributary_rpc_used",
      "1 if the node is in use, 0 if it is paused after a failure or is behind the others",
      ({ state }) => (state === "used" ? 1 : 0),
    );
    endpoint(
      "tributary_rpc_rest_seconds",
      "Time until a paused node is used again, in seconds",
      ({ restMs }) => restMs / 1_000,
    );
    this.#endpointCounter(
      "tributary_rpc_requests_total",
      "Requests to each node since the start; a batch counts each request in it",
      ({ requests }) => requests,
    );
    this.#endpointCounter(
      "tributary_rpc_errors_total",
      "Failures of each node since the start: no answer, a wrong answer, or a rate limit",
      ({ errors }) => errors,
    );
    this.#walks("tributary_long_walks", "Long questions that are running", () => longWalks.inUse);
    this.#walks("tributary_long_walks_waiting", "Long questions in the queue", () => longWalks.waiting);
  }

  /** Returns the callbacks that an indexer of this chain must be started with so that it is measured. */
  observerOf(chainId: number): Pick<StartIndexerParameters, "onStored" | "onVerifyFailed"> {
    const chain = String(chainId);
    this.#verifyFailures.inc({ chain }, 0);
    return {
      onStored: ({ events, seconds }) => {
        this.#batches.observe({ chain }, seconds);
        this.#stored.inc({ chain }, events);
      },
      onVerifyFailed: () => this.#verifyFailures.inc({ chain }),
    };
  }

  /** Begins to measure an indexer. */
  watch(indexer: MeasuredIndexer): void {
    const chain = String(indexer.source.chainId);
    this.#watched.push(indexer);
    this.#events.inc({ chain }, 0);
    this.#reorgs.inc({ chain }, 0);
    indexer.onBlock(({ events, reorgedFrom }) => {
      this.#events.inc({ chain }, events.length);
      if (reorgedFrom) this.#reorgs.inc({ chain });
    });
  }

  #gauge(name: string, help: string, read: (indexer: MeasuredIndexer) => Value): void {
    const watched = this.#watched;
    void new Gauge({
      name,
      help,
      labelNames: ["chain"],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const each of watched) {
          const value = read(each);
          if (value !== undefined) this.set({ chain: String(each.source.chainId) }, Number(value));
        }
      },
    });
  }

  #endpointGauge(name: string, help: string, read: (status: MeasuredIndexer["endpoints"][number]) => Value): void {
    const watched = this.#watched;
    void new Gauge({
      name,
      help,
      labelNames: ["chain", "endpoint"],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [labels, status] of endpointsOf(watched)) {
          const value = read(status);
          if (value !== undefined) this.set(labels, Number(value));
        }
      },
    });
  }

  #endpointCounter(name: string, help: string, read: (status: MeasuredIndexer["endpoints"][number]) => number): void {
    const watched = this.#watched;
    void new Counter({
      name,
      help,
      labelNames: ["chain", "endpoint"],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [labels, status] of endpointsOf(watched)) this.inc(labels, read(status));
      },
    });
  }

  #problems(): void {
    const watched = this.#watched;
    void new Gauge({
      name: "tributary_problem",
      help: "1 for each code of the problems in /health, while they last",
      labelNames: ["chain", "code"],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const { source, health } of watched) {
          for (const { code } of health.problems) this.set({ chain: String(source.chainId), code }, 1);
        }
      },
    });
  }

  #walks(name: string, help: string, read: () => number): void {
    void new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }
}

type Value = number | bigint | undefined;

/** Counts the calls of an indexer's timelock by state; undefined before the first block, or without a timelock. */
function scheduledOf(indexer: MeasuredIndexer): ReturnType<typeof scheduledCalls> {
  const view = indexer.view();
  return view && scheduledCalls(view);
}

const secondsOf = (date: Date | undefined) => date && date.getTime() / 1_000;

const endpointsOf = (watched: readonly MeasuredIndexer[]) =>
  watched.flatMap(({ source, endpoints }) =>
    endpoints.map((status) => [{ chain: String(source.chainId), endpoint: status.name }, status] as const),
  );
