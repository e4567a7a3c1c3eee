import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import fastify from "fastify";
import { zeroAddress, zeroHash } from "viem";
import { applyPeripheryEvent } from "../../indexer/books/periphery/applyEvent.ts";
import { peripheryFold } from "../../indexer/books/periphery/fold.ts";
import { HealthRecord, type WatchedEndpoints } from "../../indexer/live/healthRecord.ts";
import type { BlockUpdate, Verification } from "../../indexer/live/view.ts";
import { longWalks } from "../../indexer/scheduling/turns.ts";
import { IndexerMetrics } from "../../indexer/service/metrics.ts";
import { StoreUnavailable } from "../../indexer/store/storeUnavailable.ts";
import type { EndpointStatus } from "#node/rpc/endpoints.ts";
import { type NoticeCode, Notices } from "#node/rpc/notices.ts";
import { checkRules, type Situation, testRules, whyNoPromtool } from "../support/alarms/promtool.ts";
import { Economy } from "../support/economy/economy.ts";
import { hashOf, statesOf, viewSourceOf } from "../support/indexer/viewSource.ts";
import { skip } from "../support/skip.ts";

const ROOT = join(import.meta.dirname, "../..");
const RULES = join(ROOT, "operations/prometheus-rules.yml");
const BLOCK = 5n;

/** Makes an indexer with its real health and metrics, over endpoints, a store and a clock that the test controls. */
function measuredIndexer() {
  const economy = new Economy();
  const states = statesOf(economy.state);
  const source = viewSourceOf(economy.state, BLOCK);
  const given = source.view();
  if (!given) throw new Error("There is a view.");
  const view = { ...given, states };
  const clock = { ms: 0 };
  const endpoint = { name: "one.example", isIdentified: true, lastSeenMs: 0, answers: 0, lastError: undefined };
  const endpoints = {
    all: [{ ...endpoint, head: { number: BLOCK, hash: hashOf(BLOCK) } }],
    notices: new Notices(),
    completeness: "compared" as "compared" | "unchecked",
    status: [] as EndpointStatus[],
  };
  const setState = (state: EndpointStatus["state"]) => {
    const counts = { requests: 0, errors: 0, restMs: 0 };
    endpoints.status = [{ name: "one.example", head: BLOCK, lastError: undefined, state, ...counts }];
  };
  setState("used");
  const health = new HealthRecord({
    endpoints: endpoints as unknown as WatchedEndpoints,
    books: () => ({ block: view.block, final: undefined }),
    now: () => clock.ms,
  });
  const verification = {
    at: new Date(),
    result: { block: view.block, compared: 9, logs: 9, differing: 0, withheld: 0 },
  };
  const metrics = new IndexerMetrics();
  const observer = metrics.observerOf(source.source.chainId);
  metrics.watch({
    ...source,
    health,
    block: view.block,
    view: () => view,
    verification: verification as unknown as Verification,
    get endpoints() {
      return endpoints.status;
    },
  });
  const server = fastify({ logger: false });
  metrics.addTo(server);
  server.get("/fault", () => {
    throw new Error("A fault.");
  });
  /** Reports the head of the chain, once a second. */
  const pass = (seconds: number, head: bigint | undefined) => {
    for (let i = 0; i < seconds; i++) {
      clock.ms += 1_000;
      const [only] = endpoints.all;
      if (head !== undefined && only)
        Object.assign(only, { lastSeenMs: clock.ms, head: { number: head, hash: hashOf(head) } });
      health.observe();
    }
  };
  health.recordWritten(BLOCK, true);
  pass(1, BLOCK);
  return {
    states,
    source,
    health,
    endpoints,
    verification,
    observer,
    server,
    setState,
    pass,
    raise: (code: NoticeCode) =>
      endpoints.notices.raise({ code, endpoints: ["one.example"], message: "It says what to do.", stops: false }),
    metrics: async () => (await server.inject("/metrics")).body,
  };
}

type Measured = ReturnType<typeof measuredIndexer>;

const scheduleCall = ({ states }: Pick<Measured, "states">, index: bigint, delay: bigint) =>
  applyPeripheryEvent(
    states.of(peripheryFold),
    {
      contract: "timelock",
      eventName: "CallScheduled",
      args: { id: zeroHash, index, target: zeroAddress, value: 0n, data: "0x", predecessor: zeroHash, delay },
    },
    { blockNumber: 2n, logIndex: 0, timestamp: 24, transactionHash: zeroHash },
  );

interface Trouble extends Pick<Situation, "isSilent" | "fires" | "forMinutes"> {
  cause: (on: Measured) => unknown;
}

/** Each trouble, with the alarms that fire and the time after which they do. */
const troubles: Record<string, Trouble> = {
  nothing: { cause: () => undefined, fires: [], forMinutes: 60 },
  "a fatal error": {
    cause: ({ health }) => (health.failure = new Error("A deep reorg.")),
    fires: ["TributaryNotReady", "TributaryStopped"],
    forMinutes: 12,
  },
  "a head that is not appended": {
    cause: ({ pass }) => pass(150, BLOCK + 1n),
    fires: ["TributaryNotReady", "TributaryStuck"],
    forMinutes: 12,
  },
  "an index that is far behind, and nothing is appended": {
    cause: ({ pass }) => pass(30, BLOCK + 100n),
    fires: ["TributaryBehind", "TributaryStuck"],
    forMinutes: 6,
  },
  "endpoints that do not answer": {
    cause: ({ pass, setState }) => {
      setState("resting");
      pass(30, undefined);
    },
    fires: ["TributaryNoEndpoint", "TributaryOutOfContact", "TributaryStuck"],
    forMinutes: 5,
    isSilent: true,
  },
  "a store whose disk is full": {
    cause: ({ health, pass }) => {
      const cause = Object.assign(new Error("No space left on device"), { code: "53100" });
      health.recordStoreError(new StoreUnavailable(cause.message, { cause }));
      pass(130, BLOCK + 1n);
    },
    fires: ["TributaryNotReady", "TributaryStoreFails"],
    forMinutes: 12,
  },
  "endpoints that disagree": {
    cause: ({ raise }) => raise("endpointsDisagree"),
    fires: ["TributaryDisagreement"],
    forMinutes: 1,
  },
  "an endpoint without old logs": {
    cause: ({ raise }) => raise("logsPruned"),
    fires: ["TributaryPruned"],
    forMinutes: 1,
  },
  "an endpoint without a method": {
    cause: ({ raise }) => raise("methodMissing"),
    fires: ["TributaryProblem"],
    forMinutes: 2,
  },
  "untrue blooms with one endpoint": {
    cause: ({ endpoints, raise }) => {
      endpoints.completeness = "unchecked";
      raise("bloomsUntrue");
    },
    fires: ["TributaryUnchecked"],
    forMinutes: 12,
  },
  "scheduled calls": {
    cause: (on) => [scheduleCall(on, 0n, 10_000n), scheduleCall(on, 1n, 1n)],
    fires: ["TributaryExecutable", "TributaryScheduled"],
    forMinutes: 1,
  },
  "a verification that finds a difference": {
    cause: ({ verification }) => (verification.result.differing = 1),
    fires: ["TributaryDiffers"],
    forMinutes: 1,
  },
  "verifications that cannot be completed": {
    cause: () => undefined,
    fires: ["TributaryOutOfContact", "TributaryUnverified"],
    forMinutes: 245,
    isSilent: true,
  },
  "many reorgs": {
    cause: ({ source, observer }) => {
      const block = { number: BLOCK, hash: hashOf(BLOCK, 1), timestamp: 60 };
      const update: BlockUpdate = { block, reorgedFrom: block, events: [] };
      for (const listener of source.listeners) listener(update);
      observer.onVerifyFailed?.(new Error("The state is gone."));
    },
    fires: ["TributaryReorgs"],
    forMinutes: 30,
  },
  "a slow store": {
    cause: ({ observer }) => observer.onStored?.({ events: 3, seconds: 3 }),
    fires: ["TributaryStoreSlow"],
    forMinutes: 25,
  },
  "faults of the service": {
    cause: ({ server }) => server.inject("/fault"),
    fires: ["TributaryErrors"],
    forMinutes: 6,
  },
  "long questions that wait": {
    cause: () => undefined, // the walks below
    fires: ["TributaryWalksWait"],
    forMinutes: 12,
  },
};

async function situationOf({ cause, fires, forMinutes, isSilent = false }: Trouble): Promise<Situation> {
  const on = measuredIndexer();
  const first = await on.metrics();
  const giveUp = new AbortController();
  const walks: Promise<() => void>[] = [];
  if (fires.includes("TributaryWalksWait")) {
    for (let i = 0; i < 9; i++) walks.push(longWalks.acquire(giveUp.signal));
  }
  await cause(on);
  const second = await on.metrics();
  giveUp.abort();
  for (const walk of await Promise.allSettled(walks)) if (walk.status === "fulfilled") walk.value();
  await on.server.close();
  return { first, second, isSilent, fires, forMinutes };
}

describe("the alarms of the run book", () => {
  it("fire in the troubles that they are about, by Prometheus' own evaluation, and in no other", async function () {
    this.timeout(30_000);
    const missing = whyNoPromtool();
    if (missing !== undefined) skip(this, missing);
    const situations: Situation[] = [];
    for (const trouble of Object.values(troubles)) situations.push(await situationOf(trouble));
    await testRules(RULES, situations);
    const alarms = (await readFile(RULES, "utf8")).matchAll(/alert: (\w+)/g);
    expect(new Set(situations.flatMap(({ fires }) => fires))).to.deep.equal(
      new Set(Array.from(alarms, ([, name]) => name)),
    );
    expect(await checkRules(RULES)).to.contain("SUCCESS");
  });

  it("tell of what is scheduled in the timelock, and of what anyone can execute", async () => {
    const on = measuredIndexer();
    const figures = async () =>
      Array.from((await on.metrics()).matchAll(/^(tributary_timelock_\w+)\{.*\} (\d+)$/gm), ([, name, value]) => [
        name,
        Number(value),
      ]);
    const waiting = (count: number) => ["tributary_timelock_waiting_calls", count];
    const ready = (count: number) => ["tributary_timelock_ready_calls", count];
    expect(await figures()).to.deep.equal([waiting(0), ready(0)]);
    scheduleCall(on, 0n, 10_000n);
    scheduleCall(on, 1n, 1n);
    expect(await figures()).to.deep.equal([waiting(1), ready(1)]);
  });

  it("are about metrics that there are, and each says what to do", async () => {
    const rules = await readFile(RULES, "utf8");
    const page = await readFile(join(ROOT, "docs/run-book.md"), "utf8");
    const watched = await readFile(join(ROOT, "docs/indexer.md"), "utf8");
    const metrics = Array.from(rules.matchAll(/\btributary_\w+/g), ([name]) => name.replace(/_(bucket|count)$/, ""));
    expect(metrics.length).to.be.greaterThan(8);
    for (const name of metrics.filter((each) => each !== "tributary_requests")) expect(watched).to.contain(name);
    for (const [, alert = ""] of rules.matchAll(/alert: (\w+)/g)) expect(page).to.contain(`\`${alert}\``);
  });
});
