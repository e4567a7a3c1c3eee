import { join } from "node:path";
import { expect } from "chai";
import type { FastifyInstance } from "fastify";
import { createServer } from "../../indexer/api/createServer.ts";
import { Indexer } from "../../indexer/live/indexer.ts";
import { openStore } from "../../indexer/store/openStore.ts";
import type { Store } from "../../indexer/store/store.ts";
import { StoreUnavailable } from "../../indexer/store/storeUnavailable.ts";
import { type SmallEconomy, startSmallEconomy } from "../support/economy/smallEconomy.ts";
import { until } from "../support/indexer/runIndexer.ts";
import { type FaultyRpc, startFaultyRpc } from "../support/rpc/faultyRpc.ts";

interface Problem {
  code: string;
  message: string;
  stops: boolean;
}

interface Health {
  status: string;
  block: { number: string } | null;
  head: string | null;
  problems: Problem[];
  lastError: string | null;
}

const FULL = Object.assign(new Error('could not extend file "base/5/1": No space left on device'), { code: "53100" });
const REFUSED = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });

describe("health while something is away", function () {
  this.timeout(150_000);
  let economy: SmallEconomy;
  let rpc: FaultyRpc;
  let indexer: Indexer;
  let server: FastifyInstance;
  let stores = 0;

  /** Starts an indexer whose store's methods are replaced by some that a test controls, and serves it. */
  const start = async (change: (store: Store) => Partial<Store> = () => ({}), beforeOpening = () => undefined) => {
    indexer = Indexer.startPatiently({
      rpcUrl: rpc.url,
      target: { folder: join(economy.folder, `health${++stores}`) },
      source: economy.source,
      pollingIntervalMs: 50,
      shortestRestMs: 5,
      timeoutMs: 2_000,
      openStore: async (...given) => {
        beforeOpening();
        const store = await openStore(...given);
        const changed = change(store);
        return new Proxy(store, {
          get: (of, name) => {
            const value: unknown = changed[name as keyof Store] ?? Reflect.get(of, name);
            return typeof value === "function" ? (value.bind(of) as unknown) : value;
          },
        });
      },
    });
    server = await createServer(indexer, { readyContactMs: 3_000, readyAppendMs: 2_000 });
  };
  const health = async () => (await server.inject("/health")).json<Health>();
  const codes = async () => (await health()).problems.map(({ code }) => code);
  const readyStatus = async () => (await server.inject("/health/ready")).statusCode;
  const mine = () => economy.pay(3, 1n);
  const headOfChain = async () => String(await economy.chain.ethers.provider.getBlockNumber());
  const isReady = () => until("it is ready", async () => (await readyStatus()) === 200);

  before(async () => {
    economy = await startSmallEconomy();
    rpc = await startFaultyRpc({ upstream: economy.chain.url });
  });
  afterEach(async () => {
    rpc.setFaults({});
    await server?.close();
    await indexer?.stop();
  });
  after(async () => {
    await rpc?.close();
    await economy?.stop();
  });

  it("names a store that takes no writes, counts the blocks behind, and serves the last good block", async () => {
    let isFull = false;
    await start((store) => ({
      append: async (...given) => {
        if (isFull) throw new StoreUnavailable(`The database cannot be used now: ${FULL.message}.`, { cause: FULL });
        await store.append(...given);
      },
    }));
    await isReady();
    isFull = true;
    await mine();
    await until("the store's failure is shown", async () => (await codes()).includes("storeFails"));
    await mine();
    await mine();
    const head = await headOfChain();
    await until("the head is known", async () => (await health()).head === head);
    const { status, block, problems, lastError } = await health();
    expect(status).to.equal("stuck");
    expect(Number(block?.number)).to.be.lessThan(Number(head));
    expect(problems[0]?.message).to.contain("No space left on device. Make room on the store's disk");
    expect(lastError).to.contain("No space left on device");
    await until("it is not ready", async () => (await readyStatus()) === 503);
    const answer = await server.inject("/v1/assets");
    expect([answer.statusCode, answer.json<{ block: unknown }>().block]).to.deep.equal([200, block]);
    isFull = false;
    await until("all is indexed", async () => (await health()).block?.number === head);
    expect(await health()).to.deep.include({ status: "ready", problems: [], lastError: null });
    await isReady();
  });

  it("says at the start which of the nodes and the store is away, and starts by itself", async () => {
    rpc.setFaults({ unavailable: 1 });
    let refusals = 0;
    await start(undefined, () => {
      if (++refusals < 3)
        throw new StoreUnavailable("PostgreSQL at db.example:5432 cannot be reached.", { cause: REFUSED });
    });
    await until("the nodes are said to be away", async () => (await codes()).includes("stuck"));
    expect(await readyStatus()).to.equal(503);
    expect((await health()).problems[0]?.message).to.contain("HTTP 503");
    rpc.setFaults({});
    await until("the store is said to be away", async () => (await codes()).includes("storeFails"));
    expect((await health()).problems[0]?.message).to.contain("cannot be reached. Start the database");
    await isReady();
    expect((await health()).problems).to.deep.equal([]);
  });

  it("ends at the start for what time does not mend", async () => {
    await start(undefined, () => {
      throw new StoreUnavailable("Another process writes to tributary_1 in this database.");
    });
    const failure = await indexer.started.catch((error: unknown) => error);
    expect(String(failure)).to.contain("Another process writes");
  });

  it("says within 30 seconds that no node answers, and that the nodes' logs cannot be had", async () => {
    await start();
    await isReady();
    const { block } = await health();
    for (const [fault, pattern] of [
      [{ hang: 1 }, /No (node has answered|endpoint can be used)/],
      [{ drop: 1 }, /No (node has answered|endpoint can be used)/],
    ] as const) {
      rpc.setFaults(fault);
      const begun = performance.now();
      await until("it says so", async () => (await health()).problems.some(({ message }) => pattern.test(message)));
      expect(performance.now() - begun).to.be.lessThan(30_000);
      expect([await readyStatus(), (await health()).block]).to.deep.equal([503, block]);
      rpc.setFaults({});
      await isReady();
      await until("the problem is over", async () => (await health()).problems.length === 0);
    }
    rpc.setOnCall((method) => {
      if (method === "eth_getLogs") throw new Error("the index is being built");
    });
    await mine();
    const begun = performance.now();
    await until("it says so", async () => (await health()).problems.some(({ stops }) => stops));
    expect(performance.now() - begun).to.be.lessThan(30_000);
    expect((await health()).problems[0]?.message).to.contain("the index is being built");
    expect(await readyStatus()).to.equal(503);
    rpc.setOnCall(() => undefined);
    await isReady();
  });

  it("stays ready on an idle chain, longer than its limits of contact and append", async () => {
    await start();
    await isReady();
    const untilMs = performance.now() + 8_000;
    await until("time has passed", async () => {
      expect([await readyStatus(), (await health()).problems]).to.deep.equal([200, []]);
      return performance.now() > untilMs;
    });
  });
});
