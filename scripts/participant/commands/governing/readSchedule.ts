import { type Address, type Hex, isAddressEqual, zeroAddress } from "viem";
import { everyPage } from "#client/api/createClient.ts";
import { fromIndexer, operationsIn, type ScheduledOperation } from "#client/acts/governing/operations.ts";
import { readTimelockLogs } from "#client/acts/governing/readTimelockLogs.ts";
import { holdersIn } from "#client/acts/governing/timelock.ts";
import type { TimelockRole } from "#protocol/governance/roles.ts";
import { UserError } from "#protocol/userError.ts";
import { connectApi, readAnswer } from "../../api.ts";
import type { Session } from "../../session.ts";

interface Source {
  timelock: Address;
  /** URL of an indexer's API. Default: the chain's logs. */
  api: string | undefined;
}

export interface Schedule {
  /** In the order of their schedules. */
  operations: ScheduledOperation[];
  /** The accounts that have each role. The zero address stands for anyone. */
  roles: Record<TimelockRole, string[]>;
  /** The place that it was read from, in words. */
  source: string;
}

/** Reads what was scheduled in the timelock, and its roles. */
export async function readSchedule(session: Session, { timelock, api }: Source): Promise<Schedule> {
  if (api === undefined) {
    const block = await session.chain.client.getBlockNumber({ cacheTime: 0 });
    const logs = await readTimelockLogs(session.chain, timelock);
    const roles = {
      admin: holdersIn(logs, "admin"),
      proposer: holdersIn(logs, "proposer"),
      canceller: holdersIn(logs, "canceller"),
      executor: holdersIn(logs, "executor"),
    };
    return { operations: operationsIn(logs), roles, source: `Read from the chain's logs, up to block ${block}` };
  }
  const client = await connectApi(session, { api });
  const { data: held } = await readAnswer(session, { api }, () => client.GET("/v1/governance"));
  if (!isAddressEqual(held.timelock as Address, timelock)) {
    throw new UserError(
      `The indexer at ${api} follows the timelock ${held.timelock}, not ${timelock}. Name another with --api.`,
    );
  }
  const operations: ScheduledOperation[] = [];
  let block = "";
  const pages = everyPage(async (after) => {
    const query = { limit: 500, ...(after !== undefined && { after }) };
    const answer = await readAnswer(session, { api }, () =>
      client.GET("/v1/governance/operations", { params: { query } }),
    );
    block ||= answer.block.number;
    return answer;
  });
  for await (const operation of pages) operations.unshift(fromIndexer(operation));
  const roles = {
    admin: held.roleAdmins,
    proposer: held.proposers,
    canceller: held.cancellers,
    executor: [...(held.anyoneExecutes ? [zeroAddress] : []), ...held.executors],
  };
  return { operations, roles, source: `Read from the indexer at ${api}, at block ${block}` };
}

/**
 * Reads one operation, as it was scheduled last.
 *
 * @throws {UserError} if it was never scheduled.
 */
export async function readOperation(session: Session, id: Hex, { timelock, api }: Source): Promise<ScheduledOperation> {
  const operations =
    api === undefined
      ? operationsIn(await readTimelockLogs(session.chain, timelock, id))
      : (await readSchedule(session, { timelock, api })).operations;
  const operation = operations.findLast((each) => each.id === id);
  if (operation) return operation;
  throw new UserError(`No operation ${id} was ever scheduled in the timelock ${timelock}. \`proposals\` lists them.`);
}

/** @throws {UserError} if a text is not the id of an operation. */
export function parseBytes32(text: string, what: string): Hex {
  if (/^0x[0-9a-f]{64}$/i.test(text)) return text.toLowerCase() as Hex;
  throw new UserError(`${what}: ${text} is not 32 bytes. Write 0x and 64 hexadecimal digits.`);
}
