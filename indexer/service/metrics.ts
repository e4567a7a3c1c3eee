import { Counter, Gauge, Histogram } from "prom-client";
import { Metrics } from "#node/metrics.ts";
import { blocksBehind } from "../api/health.ts";
import type { Indexer } from "../live/indexer.ts";
import type { StartIndexerParameters } from "../live/parameters.ts";
import { longWalks } from "../scheduling/turns.ts";

/** An indexer, as far as it is measured. */
type Watched = Pick<
  Indexer,
  "source" | "health" | "block" | "view" | "viewAt" | "onBlock" | "endpoints" | "verification"
>;

/** Prometheus metrics of a process that indexes or serves deployments. docs/indexer.md lists them. */
export class IndexerMetrics extends Metrics {
  readonly #watched: Watched[] = [];
  readonly #events: Counter<"chain">;
  readonly #reorgs: Counter<"chain">;
  readonly #batches: Histogram<"chain">;
  readonly #stored: Counter<"chain">;
  readonly #verifyFailures: Counter<"chain">;

  constructor() {
    super();
    const registers = [this.registry];
    const chain = ["chain"] as const;
    const counter = (name: string, help: string) => new Counter({ name, help, labelNames: chain, registers });
    this.#events = counter(
      "tributary_events_applied_total",
      "Events of the contracts that the ledger has gone through",
    );
    this.#reorgs = counter("tributary_reorgs_total", "How often blocks were taken back");
    this.#stored = counter("tributary_store_events_total", "Events written to the store");
    this.#verifyFailures = counter("tributary_verify_failures_total", "Verifications that could not be made");
    this.#batches = new Histogram({
      name: "tributary_store_batch_seconds",
      help: "How long the store took for a batch of blocks, in seconds",
      labelNames: chain,
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    });

    this.#gauge("tributary_head_block", "The newest block that is known of, by number", ({ health }) => health.head);
    this.#gauge("tributary_indexed_block", "The newest indexed block, by number", ({ block }) => block?.number);
    this.#gauge(
      "tributary_indexed_block_timestamp_seconds",
      "When the newest indexed block was made, in seconds since 1970",
      ({ block }) => block?.timestamp,
    );
    this.#gauge("tributary_final_block", "The newest final block, by number", ({ health }) => health.final?.number);
    this.#gauge("tributary_lag_blocks", "How many blocks are missing to the newest", blocksBehind);
    this.#gauge("tributary_failed", "1 if it cannot go on, else 0", ({ health }) => (health.failure ? 1 : 0));
    this.#gauge(
      "tributary_last_contact_timestamp_seconds",
      "When a node, or the store in a process that only serves, last answered, in seconds since 1970",
      ({ health }) => secondsOf(health.lastContact),
    );
    const verification = (name: string, help: string, read: (of: NonNullable<Watched["verification"]>) => Value) =>
      this.#gauge(name, help, ({ verification: last }) => last && read(last));
    verification(
      "tributary_verified_block",
      "The block of the last verification, by number",
      ({ result }) => result.block.number,
    );
    verification("tributary_verified_compared", "How many answers it compared", ({ result }) => result.compared);
    verification("tributary_verified_logs", "How many logs it compared", ({ result }) => result.logs);
    verification("tributary_verified_differing", "How many of them differed", ({ result }) => result.differing);
    verification("tributary_verified_withheld", "How many of its logs no node gave", ({ result }) => result.withheld);
    verification("tributary_verified_timestamp_seconds", "When it was, in seconds since 1970", ({ at }) =>
      secondsOf(at),
    );

    const endpoint = (name: string, help: string, read: (of: Watched["endpoints"][number]) => Value) =>
      this.#endpointGauge(name, help, read);
    endpoint("tributary_rpc_head_block", "The newest block of each node, by number", ({ head }) => head);
    endpoint("tributary_rpc_used", "1 if the node is asked, 0 if it rests or is behind", ({ state }) =>
      state === "used" ? 1 : 0,
    );
    endpoint(
      "tributary_rpc_rest_seconds",
      "For how long the node is left alone, in seconds",
      ({ restMs }) => restMs / 1_000,
    );
    this.#endpointCounter(
      "tributary_rpc_requests_total",
      "Requests to each node; a batch is as many as it holds",
      ({ requests }) => requests,
    );
    this.#endpointCounter("tributary_rpc_errors_total", "How often each node was of no use", ({ errors }) => errors);
    this.#walks("tributary_long_walks", "Long questions under way", () => longWalks.inUse);
    this.#walks("tributary_long_walks_waiting", "Long questions that wait for others", () => longWalks.waiting);
  }

  /** Callbacks that an indexer of this chain must be started with to be measured. */
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

  watch(indexer: Watched): void {
    const chain = String(indexer.source.chainId);
    this.#watched.push(indexer);
    this.#events.inc({ chain }, 0);
    this.#reorgs.inc({ chain }, 0);
    indexer.onBlock(({ events, reorgedFrom }) => {
      this.#events.inc({ chain }, events.length);
      if (reorgedFrom) this.#reorgs.inc({ chain });
    });
  }

  #gauge(name: string, help: string, read: (watched: Watched) => Value): void {
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

  #endpointGauge(name: string, help: string, read: (status: Watched["endpoints"][number]) => Value): void {
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

  #endpointCounter(name: string, help: string, read: (status: Watched["endpoints"][number]) => number): void {
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

const secondsOf = (date: Date | undefined) => date && date.getTime() / 1_000;

const endpointsOf = (watched: readonly Watched[]) =>
  watched.flatMap(({ source, endpoints }) =>
    endpoints.map((status) => [{ chain: String(source.chainId), endpoint: status.name }, status] as const),
  );
