import type { Address } from "viem";
import { UserError } from "#protocol/userError.ts";
import { bookOfContract, followedContracts } from "../books/contracts.ts";
import type { FollowedContract, JournalSource } from "../journal.ts";
import type { Session } from "./driver.ts";

interface ContractRow {
  id: number;
  name: string;
  address: Address;
  from_block: bigint;
}

/**
 * Records the contracts of a deployment. A contract that is new to a store with blocks is unread: its logs must be
 * read, from its first block on, before another block is added.
 *
 * @throws {UserError} if the store follows a contract that the deployment has at another address, or no longer has.
 */
export async function addContracts(session: Session, source: JournalSource): Promise<void> {
  const named = followedContracts(source);
  const stored = await session.query<ContractRow>(
    "SELECT id, name, address, from_block FROM @schema@.contracts ORDER BY id",
  );
  const [journal] = await session.query<{ end: bigint | null }>("SELECT max(number) AS end FROM @schema@.blocks");
  const end = journal?.end ?? undefined;
  for (const { name, address } of stored) requireSame(name, address, named);
  let id = stored.length;
  for (const contract of named) {
    const row = stored.find(({ name }) => name === contract.name);
    const readTo = end !== undefined && contract.fromBlock <= end ? contract.fromBlock - 1n : null;
    if (!row) {
      const { name, address, fromBlock } = contract;
      await session.query("INSERT INTO @schema@.contracts VALUES ($1, $2, $3, $4, $5)", [
        id++,
        name,
        address,
        fromBlock,
        readTo,
      ]);
    } else if (contract.fromBlock < row.from_block) {
      // The file names an earlier block now: all logs of the contract are read again from there.
      await forget(session, row);
      await session.query("UPDATE @schema@.contracts SET from_block = $2, read_to = $3 WHERE id = $1", [
        row.id,
        contract.fromBlock,
        readTo,
      ]);
    }
  }
}

function requireSame(name: string, address: Address, named: readonly FollowedContract[]): void {
  const same = named.find((each) => each.name === name);
  if (same?.address === address) return;
  const other = same ? `names it at ${same.address}` : "does not name it";
  throw new UserError(
    `The store follows the contract "${name}" at ${address}, but the deployment file ${other}. Correct the file, or choose another folder or database.`,
  );
}

/** Removes a contract's logs from the journal, and their rows from the tables. */
async function forget(session: Session, { id, name }: ContractRow): Promise<void> {
  for (const table of Object.keys(bookOfContract(name).tables)) {
    await session.query(
      `DELETE FROM @schema@.${table} AS rows USING @schema@.logs
       WHERE logs.contract = $1 AND logs.block_number = rows.block_number AND logs.log_index = rows.log_index`,
      [id],
    );
  }
  await session.query("DELETE FROM @schema@.logs WHERE contract = $1", [id]);
  await session.query("DELETE FROM @schema@.snapshots");
}
