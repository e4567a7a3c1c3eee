import { expect } from "chai";
import { NO_POSTGRES } from "../support/indexer/postgres.ts";
import { skip } from "../support/skip.ts";
import kept from "./failedSeeds.json" with { type: "json" };
import { QUIRKS_OF_NODES, scheduleOf, type Version } from "./schedule.ts";
import type { Outcome } from "./simulate.ts";
import { type Stage, startStage } from "./stage.ts";
import { isBrief, itAtLength } from "../support/atLength.ts";

interface Seed {
  seed: number;
  /** Default: the newest. */
  version?: Version;
}

const LONG = process.env.FUZZ === "long";
const SEEDS = Number(process.env.SEEDS ?? (LONG ? 200 : isBrief ? 2 : 10));
const FIRST_SEED = Number(process.env.FUZZ_SEED ?? 1);

/** The number of seeds that are played at once in a long run: most of their time they wait. */
const AT_ONCE = LONG ? 3 : 1;
/** Quirks that this chain cannot meet: it has no null rounds, and its finality depth is set. */
const NOT_MET: ReadonlySet<string> = new Set(["finalizedUnsupported", "nullRoundsAsBefore", "nullRoundsAsNull"]);
/** The number of seeds among which each of the others changes an answer. */
const SEEDS_WITH_ALL_QUIRKS = 100;

/** Seeds that have failed once, with the version of their schedules and the faults that they found. */
const failedSeeds = kept as (Required<Seed> & { found: string })[];

/** The faults and events that must have occurred in all seeds together. */
const TROUBLE = `
  reorg kill stop spoilStore restartDatabase delay hang drop tooMany unavailable refuse cutJson nullReply malformed
  wrongOrder missingLogs duplicatedLogs staleHead otherChain maxLogs maxBlocks`
  .trim()
  .split(/\s+/);

describe("the indexer under random faults", function () {
  this.timeout(180_000 * AT_ONCE);
  const happened: Record<string, number> = {};
  const stages: Stage[] = [];
  const idle: Stage[] = [];
  const plays = new Map<string, Promise<Outcome>>();
  const playing = new Set<Promise<unknown>>();

  before(async () => {
    stages.push(...(await Promise.all(Array.from({ length: AT_ONCE }, startStage))));
    idle.push(...stages);
  });
  after(async () => {
    await Promise.allSettled(plays.values());
    for (const stage of stages) await stage.stop();
  });

  const seeds = Array.from({ length: SEEDS }, (_, i): Seed => ({ seed: FIRST_SEED + i }));
  const all = [...(isBrief ? [] : failedSeeds), ...seeds].map(({ seed, version }) => ({
    schedule: scheduleOf(seed, version),
    name: version === undefined ? `seed ${seed}` : `kept seed ${seed} of version ${version}`,
  }));
  /** Begins the plays from the i-th on, as far as stages are idle. */
  const begin = (i: number) => {
    for (const { name, schedule } of all.slice(i)) {
      if (plays.has(name)) continue;
      const stage = idle.pop();
      if (!stage) return;
      const played = stage.play(schedule).finally(() => {
        idle.push(stage);
        begin(i);
      });
      const ended: Promise<unknown> = played
        .catch(() => undefined) // its own test reports it
        .finally(() => playing.delete(ended));
      playing.add(ended);
      plays.set(name, played);
      if (AT_ONCE === 1) return;
    }
  };
  for (const [i, { name, schedule }] of all.entries()) {
    it(`reaches the state of the contracts (${name})`, async () => {
      begin(i);
      try {
        // A play whose test ran out of time still has its stage.
        while (!plays.has(name)) {
          await Promise.race(playing);
          begin(i);
        }
        const outcome = await plays.get(name);
        for (const [what, often] of Object.entries(outcome?.happened ?? {})) {
          happened[what] = (happened[what] ?? 0) + often;
        }
        expect(outcome?.wrong, outcome?.wrong.join("\n")).to.deep.equal([]);
      } catch (error) {
        // Print it at once: a long run reports reasons only at its end.
        console.error(`${(error as Error).stack}\n${JSON.stringify(schedule, null, 1)}`);
        console.error(
          `Alone: FUZZ_SEED=${schedule.seed} mocha --no-config --exit test/simulation/*.test.ts -f "(${name})"`,
        );
        throw error;
      }
    });
  }

  itAtLength("has met every kind of fault", function () {
    if (!stages[0]?.hasPostgres) skip(this, `some of it befalls PostgreSQL only. ${NO_POSTGRES}.`);
    expect(happened).to.include.all.keys(TROUBLE);
    if (SEEDS >= SEEDS_WITH_ALL_QUIRKS)
      expect(happened).to.include.all.keys(QUIRKS_OF_NODES.filter((name) => !NOT_MET.has(name)));
  });
});
