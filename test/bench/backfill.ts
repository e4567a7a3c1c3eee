// Measures the back-fill of a local chain with many events, from an empty store to the last row and index, into each
// store.
// It alternates with a bare loop that reads the same chain into the same tables.
import type { StoreTarget } from "../../indexer/store/store.ts";
import { startPostgres } from "../support/indexer/postgres.ts";
import { report } from "./figure.ts";
import type { BackfillOutcome } from "./support/backfillRun.ts";
import { inDatabase, inFolder, runBackfill } from "./support/backfills.ts";
import { startBusyChain } from "./support/busyChain.ts";

const EVENTS = Number(process.env.BENCH_CHAIN_EVENTS ?? 100_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const GOAL = { least: 0.6 };

const chain = await startBusyChain(EVENTS, (events) => console.error(`  ${events} events on the local chain`));
const postgres = await startPostgres();
if (!postgres) console.error("PostgreSQL is not installed (apt-get install postgresql), so it is not measured.");
try {
  await compare("PGlite", (use) => inFolder((folder) => use({ folder })));
  if (postgres) {
    await compare("PostgreSQL", (use) => inDatabase(postgres.url, (databaseUrl) => use({ databaseUrl })));
  }
} finally {
  await postgres?.stop();
  chain.close();
}

type Within = (use: (target: StoreTarget) => Promise<BackfillOutcome>) => Promise<BackfillOutcome>;

async function compare(engine: string, within: Within): Promise<void> {
  const best = { indexer: Infinity, "bare loop": Infinity };
  const preparations: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const by of ["indexer", "bare loop"] as const) {
      const { ms, preparationMs, events } = await within((target) => runBackfill({ by, target, ...chain }));
      if (events !== chain.events) throw new Error(`The ${by} read ${events} of ${chain.events} events.`);
      console.error(`  ${engine}, ${by}: ${Math.round(ms)} ms`);
      preparations.push(preparationMs);
      best[by] = Math.min(best[by], ms);
    }
  }
  if (engine === "PGlite") {
    report({ name: "creating an empty PGlite, not counted below", value: Math.min(...preparations), unit: "ms" });
  }
  const perSecond = (ms: number) => chain.events / (ms / 1_000);
  report({
    name: `bare loop into ${engine}, best of ${ROUNDS}`,
    value: perSecond(best["bare loop"]),
    unit: "events/s",
  });
  report({
    name: `back-fill into ${engine}, best of ${ROUNDS}`,
    value: perSecond(best.indexer),
    unit: "events/s",
    ratio: best["bare loop"] / best.indexer,
    goal: GOAL,
  });
}
