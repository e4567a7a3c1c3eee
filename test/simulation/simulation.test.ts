import { expect } from "chai";
import pg from "pg";
import { type LocalChain, startLocalChain } from "../../scripts/demo/startLocalChain.ts";
import { startWorld, type World } from "../differential/world.ts";
import { NO_POSTGRES, startPostgres, type TestPostgres } from "../support/indexer/postgres.ts";
import { skip } from "../support/skip.ts";
import kept from "./failedSeeds.json" with { type: "json" };
import { scheduleOf } from "./schedule.ts";
import { type Database, simulate } from "./simulate.ts";
import { isBrief, itAtLength } from "../support/atLength.ts";

const LONG = process.env.FUZZ === "long";
const SEEDS = Number(process.env.SEEDS ?? (LONG ? 200 : isBrief ? 2 : 10));
const FIRST_SEED = Number(process.env.FUZZ_SEED ?? 1);

/** Seeds that have failed once, with the faults that they found. */
const failedSeeds: { seed: number; found: string }[] = kept;

/** The faults and events that must have occurred in all seeds together. */
const TROUBLE = `
  reorg kill stop spoilStore restartDatabase delay hang drop tooMany unavailable refuse cutJson nullReply malformed
  wrongOrder missingLogs duplicatedLogs staleHead otherChain maxLogs maxBlocks`
  .trim()
  .split(/\s+/);

describe("the indexer under random faults", function () {
  this.timeout(180_000);
  const happened: Record<string, number> = {};
  let chain: LocalChain;
  let world: World;
  let begun: string;
  let postgres: TestPostgres | undefined;

  before(async () => {
    chain = await startLocalChain();
    world = await startWorld(chain);
    postgres = await startPostgres();
  });
  after(async () => {
    await chain?.close();
    await postgres?.stop();
  });
  beforeEach(async () => {
    if (begun) await chain.ethers.provider.send("evm_revert", [begun]);
    begun = await chain.ethers.provider.send("evm_snapshot", []);
    await world.refold();
  });

  let databases = 0;
  const database = (of: TestPostgres): Database => ({
    create: async () => {
      const client = new pg.Client(of.url);
      await client.connect();
      const name = `simulation_${databases++}`;
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return of.url.replace(/postgres$/, name);
    },
    restart: of.restart,
  });

  const seeds = Array.from({ length: SEEDS }, (_, i) => FIRST_SEED + i);
  for (const seed of new Set([...(isBrief ? [] : failedSeeds.map((each) => each.seed)), ...seeds])) {
    it(`reaches the state of the contracts (seed ${seed})`, async () => {
      const schedule = scheduleOf(seed);
      try {
        const { wrong, happened: met } = await simulate(world, schedule, postgres && database(postgres));
        for (const [what, often] of Object.entries(met)) happened[what] = (happened[what] ?? 0) + often;
        expect(wrong, wrong.join("\n")).to.deep.equal([]);
      } catch (error) {
        // Print it at once: a long run reports reasons only at its end.
        console.error(`${(error as Error).message}\n${JSON.stringify(schedule, null, 1)}`);
        console.error(`Alone: FUZZ_SEED=${seed} mocha --no-config --exit test/simulation/*.test.ts -f "seed ${seed})"`);
        throw error;
      }
    });
  }

  itAtLength("has met every kind of fault", function () {
    if (!postgres) skip(this, `some of it befalls PostgreSQL only. ${NO_POSTGRES}.`);
    expect(happened).to.include.all.keys(TROUBLE);
  });
});
