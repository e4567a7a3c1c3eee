import type { Address, Hex } from "viem";
import { everyPage } from "#client/api/createClient.ts";
import { fromIndexer, readOperations, type ScheduledOperation } from "#client/acts/governing/operations.ts";
import { UserError } from "#protocol/userError.ts";
import { connectApi, readAnswer } from "../../api.ts";
import type { Session } from "../../session.ts";

interface Source {
  timelock: Address;
  /** URL of an indexer's API. Default: the chain's logs. */
  api: string | undefined;
}

/** Reads all operations of the timelock, in the order of their schedules, and says where they were read from. */
export async function readSchedule(
  session: Session,
  { timelock, api }: Source,
): Promise<{ operations: ScheduledOperation[]; source: string }> {
  if (api === undefined) {
    const block = await session.chain.client.getBlockNumber({ cacheTime: 0 });
    const operations = await readOperations(session.chain, timelock);
    return { operations, source: `Read from the chain's logs, up to block ${block}` };
  }
  const client = await connectApi(session, { api });
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
  return { operations, source: `Read from the indexer at ${api}, at block ${block}` };
}

/**
 * Reads one operation, as it was scheduled last.
 *
 * @throws {UserError} if it was never scheduled.
 */
export async function readOperation(session: Session, id: Hex, { timelock, api }: Source): Promise<ScheduledOperation> {
  const operations =
    api === undefined
      ? await readOperations(session.chain, timelock, id)
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
