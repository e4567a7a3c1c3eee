import { type Address, type Hex, parseEventLogs } from "viem";
import { timelockAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import { innermostMessage } from "../../errors/explain.ts";

/** The most requests for one reading. */
const MOST_REQUESTS = 400;

export type TimelockLog = ReturnType<typeof parse>[number];

const parse = (logs: Parameters<typeof parseEventLogs>[0]["logs"]) => parseEventLogs({ abi: timelockAbi, logs });

/**
 * Reads all events of the timelock, in the chain's order, from the block in which it was deployed. Halves the range when a
 * node refuses it.
 *
 * @param id Only the events of this operation. Default: all.
 * @throws {UserError} if the node does not return them within a fair number of requests.
 */
export async function readTimelockLogs(chain: Chain, timelock: Address, id?: Hex): Promise<TimelockLog[]> {
  const { client, deployment } = chain;
  const site = deployment.periphery.timelock;
  let from = BigInt(site?.fromBlock ?? 0);
  const last = await client.getBlockNumber({ cacheTime: 0 });
  let blocks = last - from + 1n;
  const logs: TimelockLog[] = [];
  for (let requests = 0; from <= last; requests++) {
    if (requests === MOST_REQUESTS)
      throw tooMany(`${last - from + 1n} blocks are left after ${MOST_REQUESTS} requests`);
    const to = from + blocks - 1n < last ? from + blocks - 1n : last;
    try {
      const found = await client.getLogs({ address: timelock, fromBlock: from, toBlock: to });
      logs.push(...parse(found));
      from = to + 1n;
    } catch (error) {
      if (blocks <= 1n) throw tooMany(innermostMessage(error), error);
      blocks = (blocks + 1n) / 2n;
    }
  }
  return id === undefined ? logs : logs.filter(({ args }) => "id" in args && args.id === id);
}

const tooMany = (reason: string, cause?: unknown) =>
  new UserError(
    `The node does not return the timelock's events in a fair time (${reason}). Use another node, or read them from an indexer.`,
    { cause },
  );
