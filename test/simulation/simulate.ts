import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { Indexer } from "../../indexer/live/indexer.ts";
import { openStore } from "../../indexer/store/openStore.ts";
import type { Store, StoreTarget } from "../../indexer/store/store.ts";
import { LOCAL_CHAIN_ID } from "../../scripts/deploy/localMoney.ts";
import { seededRandom } from "#node/seededRandom.ts";
import type { World } from "../differential/world.ts";
import { chainReader } from "../support/economy/chainReader.ts";
import { differences } from "../support/economy/differences.ts";
import { startFaultyRpc } from "../support/rpc/faultyRpc.ts";
import { savedState } from "../support/indexer/savedState.ts";
import { storedLogs } from "../support/indexer/storedTables.ts";
import { answersTo, type OpenedAddresses, someQuestions } from "./answers.ts";
import { NO_STORE_FAULTS } from "./faultyStore.ts";
import { type Life, liveHere, liveInOwnProcess } from "./lives.ts";
import type { Place, Schedule, Step } from "./schedule.ts";
import { troubledChain } from "./troubledChain.ts";
import { withEmptyDatabase } from "../support/indexer/emptyStore.ts";

export interface Database {
  /** Creates an empty database, and returns its URL. */
  create(): Promise<string>;
  restart(): Promise<void>;
}

export interface Outcome {
  /** The differences from the contracts and from a new index. It should be empty. */
  wrong: string[];
  /** The number of times that each event and fault happened. */
  happened: Record<string, number>;
}

const CATCH_UP_MS = 60_000;

/**
 * Runs a schedule to its end on a new world, lets the indexer catch up and verify itself, and compares its state with
 * the contracts and with a new index. The schedule determines what happens. The instant of the indexer's work at which
 * it happens depends on the machine.
 */
export async function simulate(world: World, schedule: Schedule, database: Database | undefined): Promise<Outcome> {
  const { seed, finalityDepth } = schedule;
  const folder = await mkdtemp(join(tmpdir(), "tributary-simulation-"));
  const nodes = await Promise.all(
    Array.from({ length: schedule.endpoints }, (_, i) =>
      startFaultyRpc({ upstream: world.chain.url, seed: seed * 10 + i }),
    ),
  );
  const onPostgres = schedule.store === "postgres" ? database : undefined;
  const target: StoreTarget = onPostgres
    ? { databaseUrl: await onPostgres.create() }
    : { folder: await withEmptyDatabase(join(folder, "live")) };
  const source = {
    chainId: LOCAL_CHAIN_ID,
    registry: world.registryAddress,
    ledger: world.ledgerAddress,
    startBlock: BigInt(world.startBlock),
    periphery: world.sites,
  };
  const chain = await troubledChain(world, seededRandom(seed), finalityDepth);
  const happened: Record<string, number> = {};
  const count = (what: string, often = 1) => {
    happened[what] = (happened[what] ?? 0) + often;
  };

  let lives = 0;
  let storeFaults = NO_STORE_FAULTS;
  const parameters = () => ({
    rpcUrl: nodes.map(({ url }) => url),
    target,
    source,
    finalityDepth,
    seed: seed * 1_000 + lives++,
  });
  const begin = (place: Place): Life =>
    place === "here" ? liveHere(parameters(), storeFaults) : liveInOwnProcess(parameters(), storeFaults);
  let life = begin(schedule.place);

  const caughtUp = async (atMostMs: number): Promise<boolean> => {
    const wanted = await chain.headHash();
    for (const deadline = Date.now() + atMostMs; Date.now() < deadline; await sleep(10)) {
      if (life.failure() !== undefined) throw life.failure();
      if (life.block() === wanted) return true;
    }
    return false;
  };
  const end = async (how: "stop" | "kill"): Promise<void> => {
    await life.end(how);
    if (life.failure() !== undefined) throw life.failure();
  };
  const take = async (step: Step): Promise<void> => {
    count(step.do === "restart" ? step.how : step.do);
    if (step.do === "mine") return chain.mine(step.blocks);
    if (step.do === "reorg") return chain.reorg(step.depth, step.blocks, step.seconds);
    if (step.do === "wait") return sleep(step.ms);
    if (step.do === "catchUp") return void (await caughtUp(step.atMostMs));
    if (step.do === "restartDatabase") return onPostgres?.restart();
    if (step.do === "spoilNodes") {
      for (const [i, node] of nodes.entries()) {
        node.setFaults(step.faults[i] ?? {});
        node.setQuirks(step.quirks?.[i] ?? []);
      }
    } else if (step.do === "spoilStore") {
      storeFaults = step.faults;
      life.spoilStore(storeFaults);
    } else {
      await sleep(step.afterMs);
      await end(step.how);
      life = begin(step.next);
    }
    return undefined;
  };

  try {
    for (const step of schedule.steps) await take(step);
    await end("kill");
    const last = liveHere(parameters(), storeFaults);
    life = last;
    for (const node of nodes) {
      const { faults, quirks } = node.stats;
      for (const [fault, often] of Object.entries({ ...faults, ...quirks })) count(fault, often);
      node.setFaults({});
      node.setQuirks([]);
    }
    last.spoilStore(NO_STORE_FAULTS);
    const late = async () => {
      const seconds = CATCH_UP_MS / 1_000;
      return `Not at the chain's newest block ${await chain.headHash()} after ${seconds} s: ${last.whereabouts()}`;
    };
    if (!(await caughtUp(CATCH_UP_MS))) return { wrong: [await late()], happened };
    const { indexer, store } = last.running();
    const first = await indexer.verify();
    if (first.differing > 0) {
      count("healed");
      if (!(await caughtUp(CATCH_UP_MS))) return { wrong: [await late()], happened };
    }
    return { wrong: await wrongIn(indexer, store), happened };
  } finally {
    await life.end("kill").catch(() => undefined); // reported before
    for (const node of nodes) await node.close();
    await rm(folder, { recursive: true, force: true });
  }

  async function wrongIn(indexer: Indexer, store: Store): Promise<string[]> {
    const wrong: string[] = [];
    const verified = await indexer.verify();
    for (const { what, indexed, onChain } of verified.differences)
      wrong.push(`${what}: ${indexed}, on chain ${onChain}`);
    const { differing } = await differences(indexer.state, chainReader(world.chain.url, world.ledgerAddress));
    wrong.push(...differing);

    const fresh = await startFresh();
    try {
      await fresh.indexer.waitForBlock(indexer.block?.number ?? 0n);
      const [ours, theirs] = [savedState(indexer.state), savedState(fresh.indexer.state)];
      for (const part of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
        if (!isDeepStrictEqual(ours[part], theirs[part])) wrong.push(`${part} is another in a fresh index`);
      }
      if (!isDeepStrictEqual(await storedLogs(store), await storedLogs(fresh.store))) wrong.push("another journal");
      const questions = someQuestions(fresh.indexer.state, seededRandom(seed), await openedByFactories(world));
      const expected = await answersTo(questions, fresh.indexer);
      for (const [question, answer] of await answersTo(questions, indexer)) {
        if (answer !== expected.get(question)) wrong.push(`${question}: ${answer}, fresh ${expected.get(question)}`);
        if (!answer.startsWith("200 ") && !question.includes("block=")) wrong.push(`${question}: ${answer}`);
      }
    } finally {
      await fresh.indexer.stop();
    }
    return wrong;
  }

  /** Indexes the same chain through a node without faults. Uses PostgreSQL if there is one, since it starts faster. */
  async function startFresh() {
    const opened: Store[] = [];
    const indexer = await Indexer.start({
      rpcUrl: world.chain.url,
      target: database ? { databaseUrl: await database.create() } : { folder: join(folder, "fresh") },
      source,
      finalityDepth,
      pollingIntervalMs: 20,
      openStore: async (...given) => {
        const store = await openStore(...given);
        opened.push(store);
        return store;
      },
    });
    const [store] = opened;
    if (!store) throw new Error("No store was opened.");
    return { indexer, store };
  }
}

async function openedByFactories({ inlets, outlets, startBlock }: World): Promise<OpenedAddresses> {
  const openedInlets = await inlets.queryFilter(inlets.filters.InletOpened, startBlock);
  const openedOutlets = await outlets.queryFilter(outlets.filters.OutletOpened, startBlock);
  return {
    inlets: openedInlets.map(({ args: { inlet } }) => inlet),
    outlets: openedOutlets.map(({ args: { outlet } }) => outlet),
  };
}
