import pg from "pg";
import { startLocalChain } from "../../scripts/demo/startLocalChain.ts";
import { startWorld } from "../differential/world.ts";
import { startPostgres } from "../support/indexer/postgres.ts";
import type { Schedule } from "./schedule.ts";
import { type Database, type Outcome, simulate } from "./simulate.ts";

/** A chain with a world, and a database server: all that one simulation after the other needs. */
export interface Stage {
  hasPostgres: boolean;
  /** Runs a schedule from the world's beginning. */
  play: (schedule: Schedule) => Promise<Outcome>;
  stop: () => Promise<void>;
}

export async function startStage(): Promise<Stage> {
  const chain = await startLocalChain();
  const world = await startWorld(chain);
  const postgres = await startPostgres();
  const send = (method: string, params: unknown[]) => chain.ethers.provider.send(method, params);
  let begun = await send("evm_snapshot", []);
  let databases = 0;
  const database: Database | undefined = postgres && {
    create: async () => {
      const client = new pg.Client(postgres.url);
      await client.connect();
      const name = `simulation_${databases++}`;
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return postgres.url.replace(/postgres$/, name);
    },
    restart: postgres.restart,
  };
  return {
    hasPostgres: postgres !== undefined,
    play: async (schedule) => {
      await send("evm_revert", [begun]);
      begun = await send("evm_snapshot", []);
      await world.refold();
      return simulate(world, schedule, database);
    },
    stop: async () => {
      await chain.close();
      await postgres?.stop();
    },
  };
}
