import { type Address, formatLog, type Hex, type Log, numberToHex, type PublicClient, type RpcLog } from "viem";
import { UserError } from "#protocol/userError.ts";

/** A log in a block. */
export type MinedLog = Log<bigint, number, false>;

export interface SearchLogsParameters {
  address: Address;
  topics: readonly (Hex | readonly Hex[] | null)[];
  fromBlock: bigint;
  /** The name of what is searched, in messages. Default: the transaction. */
  what?: string;
  /** Called with the logs of each range, the newest range first. The search ends when it returns true. Default: never. */
  enough?: (logs: MinedLog[]) => boolean | Promise<boolean>;
  /** Ends the search before its next request. */
  signal?: AbortSignal | undefined;
}

/** The most requests in one search. */
const MAX_REQUESTS = 400;
/** Ranges of this many blocks are not divided further. */
const SMALLEST_RANGE = 64n;

/**
 * Searches the chain for logs from the newest block back, in ranges as large as the node allows. Returns the logs that it
 * found until it was enough.
 *
 * @throws {UserError} if the node does not answer even for small ranges, or if the range needs too many requests.
 */
export async function searchLogs(
  client: PublicClient,
  { address, topics, fromBlock, what = "the transaction", enough = () => false, signal }: SearchLogsParameters,
): Promise<MinedLog[]> {
  const found: MinedLog[] = [];
  let last = await client.getBlockNumber({ cacheTime: 0 });
  let size = last - fromBlock + 1n;
  for (let requests = 0; last >= fromBlock; requests++) {
    signal?.throwIfAborted();
    if (requests === MAX_REQUESTS)
      throw new UserError(
        `The node allows only small searches, so ${what} was not found in the blocks from ${last + 1n} on. Use another node, or look it up in a block explorer.`,
      );
    const first = last - size + 1n > fromBlock ? last - size + 1n : fromBlock;
    try {
      const range = { fromBlock: numberToHex(first), toBlock: numberToHex(last) };
      const raw = (await client.request({
        method: "eth_getLogs",
        params: [{ address, topics, ...range } as never],
      })) as RpcLog[];
      const logs = raw.map((log) => formatLog(log) as MinedLog);
      found.push(...logs);
      if (logs.length > 0 && (await enough(logs))) return found;
      last = first - 1n;
    } catch (error) {
      if (size <= SMALLEST_RANGE) throw error;
      size = size / 4n > SMALLEST_RANGE ? size / 4n : SMALLEST_RANGE;
    }
  }
  return found;
}
