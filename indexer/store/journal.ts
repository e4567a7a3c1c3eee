import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";
import type { Address, Hex } from "viem";
import type { ContractName } from "../contracts.ts";
import { UserError } from "../userError.ts";
import { lockFolder } from "./lockFolder.ts";

export interface JournalBlock {
  number: bigint;
  hash: Hex;
  /** Seconds since 1970. */
  timestamp: number;
}

/** A log as the chain gave it. */
export interface JournalLog {
  blockNumber: bigint;
  logIndex: number;
  contract: ContractName;
  topics: Hex[];
  data: Hex;
  transactionHash: Hex;
}

/** Which deployment a journal is of. */
export interface JournalSource {
  chainId: number;
  registry: Address;
  ledger: Address;
  startBlock: bigint;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS source (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    chain_id bigint NOT NULL,
    registry text NOT NULL,
    ledger text NOT NULL,
    start_block bigint NOT NULL
  );
  CREATE TABLE IF NOT EXISTS blocks (
    number bigint PRIMARY KEY,
    hash text NOT NULL,
    timestamp bigint NOT NULL
  );
  CREATE TABLE IF NOT EXISTS logs (
    block_number bigint NOT NULL REFERENCES blocks (number) ON DELETE CASCADE,
    log_index integer NOT NULL,
    contract text NOT NULL,
    topics text NOT NULL,
    data text NOT NULL,
    transaction_hash text NOT NULL,
    PRIMARY KEY (block_number, log_index)
  );
`;

const PAGE = 5_000;

/**
 * The truth of the indexer: every log of the two contracts as it came, and the hash of each block that held one or ended
 * a step of the sync. All else is computed from it. What `append` has answered is on disk, whole or not at all.
 */
export class Journal {
  readonly #db: PGlite;
  readonly #unlock: () => Promise<void>;

  private constructor(db: PGlite, unlock: () => Promise<void>) {
    this.#db = db;
    this.#unlock = unlock;
  }

  /**
   * Opens the journal in a folder, or begins one.
   *
   * @throws {UserError} if the folder holds the journal of another deployment, or another process has it open.
   */
  static async open(folder: string, source: JournalSource): Promise<Journal> {
    await mkdir(folder, { recursive: true });
    const unlock = await lockFolder(folder);
    try {
      const db = await PGlite.create(join(folder, "pglite"));
      // Starting it blocks the event loop for seconds, in which idle connections are closed from the other end. One
      // turn of the loop lets their owners notice, or the next request would be written into a dead one.
      await nextTurn();
      await db.exec(SCHEMA);
      const journal = new Journal(db, unlock);
      await journal.#claimFor(source, folder);
      return journal;
    } catch (error) {
      await unlock();
      throw error;
    }
  }

  async #claimFor(source: JournalSource, folder: string): Promise<void> {
    const given = [source.chainId, source.registry.toLowerCase(), source.ledger.toLowerCase(), source.startBlock];
    await this.#db.query(
      "INSERT INTO source (chain_id, registry, ledger, start_block) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
      given,
    );
    const { rows } = await this.#db.query<Record<string, string | number | bigint>>("SELECT * FROM source");
    const stored = [rows[0]?.chain_id, rows[0]?.registry, rows[0]?.ledger, rows[0]?.start_block];
    if (stored.map(String).join() !== given.map(String).join()) {
      await this.#db.close();
      throw new UserError(
        `The folder ${folder} holds the journal of another deployment (chain ${stored[0]}, ledger ${stored[2]}, from block ${stored[3]}). Choose another folder, or delete this one.`,
      );
    }
  }

  /** Adds blocks, ascending and above all others, with their logs, in one transaction. */
  async append(blocks: readonly JournalBlock[], logs: readonly JournalLog[]): Promise<void> {
    await this.#db.transaction(async (transaction) => {
      await transaction.query(
        "INSERT INTO blocks (number, hash, timestamp) SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[])",
        [blocks.map(({ number }) => number), blocks.map(({ hash }) => hash), blocks.map(({ timestamp }) => timestamp)],
      );
      if (logs.length === 0) return;
      await transaction.query(
        `INSERT INTO logs (block_number, log_index, contract, topics, data, transaction_hash)
         SELECT * FROM unnest($1::bigint[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[])`,
        [
          logs.map(({ blockNumber }) => blockNumber),
          logs.map(({ logIndex }) => logIndex),
          logs.map(({ contract }) => contract),
          logs.map(({ topics }) => topics.join(",")),
          logs.map(({ data }) => data),
          logs.map(({ transactionHash }) => transactionHash),
        ],
      );
    });
  }

  /** Forgets all blocks above this one, with their logs. */
  async removeAbove(blockNumber: bigint): Promise<void> {
    await this.#db.query("DELETE FROM blocks WHERE number > $1", [blockNumber]);
  }

  /** The highest block at or below a number; the highest of all unless given. */
  async lastBlock(atOrBelow?: bigint): Promise<JournalBlock | undefined> {
    const { rows } = await this.#db.query<{ number: string; hash: Hex; timestamp: string }>(
      "SELECT number, hash, timestamp FROM blocks WHERE $1::bigint IS NULL OR number <= $1 ORDER BY number DESC LIMIT 1",
      [atOrBelow ?? null],
    );
    const [row] = rows;
    return row && { number: BigInt(row.number), hash: row.hash, timestamp: Number(row.timestamp) };
  }

  /** Every log in the chain's order, with the time of its block. */
  async *readLogs(): AsyncGenerator<JournalLog & { timestamp: number }> {
    type Row = {
      block_number: string;
      log_index: number;
      contract: ContractName;
      topics: string;
      data: Hex;
      transaction_hash: Hex;
      timestamp: string;
    };
    let after: [bigint, number] = [-1n, -1];
    for (;;) {
      const { rows } = await this.#db.query<Row>(
        `SELECT logs.*, blocks.timestamp FROM logs JOIN blocks ON blocks.number = logs.block_number
         WHERE (block_number, log_index) > ($1::bigint, $2::integer) ORDER BY block_number, log_index LIMIT $3`,
        [...after, PAGE],
      );
      for (const row of rows) {
        yield {
          blockNumber: BigInt(row.block_number),
          logIndex: row.log_index,
          contract: row.contract,
          topics: row.topics.split(",") as Hex[],
          data: row.data,
          transactionHash: row.transaction_hash,
          timestamp: Number(row.timestamp),
        };
      }
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) return;
      after = [BigInt(last.block_number), last.log_index];
    }
  }

  async close(): Promise<void> {
    await this.#db.close();
    await this.#unlock();
  }
}
