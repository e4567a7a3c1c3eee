import { hexToBytes } from "viem";
import type { JournalLog } from "../journal.ts";
import { EndpointError } from "#node/rpc/endpointError.ts";
import { mayContain, shareOfBits } from "./bloom.ts";
import { readHeaders } from "./headers.ts";
import { type LogsOfBlocksParameters, readLogsBetween } from "./logsOfBlocks.ts";
import { readLogsFromReceipts } from "./receipts.ts";
import { trustOf } from "./trust.ts";

/** A bloom filter with a larger part of its bits set matches too much to be evidence. */
const FULL = 0.5;

export interface RequireCreationParameters extends LogsOfBlocksParameters {
  from: bigint;
  to: bigint;
  /** True if the contracts are known to have been created in their first block. Default: false. */
  isDeployed?: boolean | undefined;
}

/**
 * Checks that a range has the logs of the deployment's creation, if they are in it: the registry and the ledger emit an
 * event each when they are created. Without them, the endpoint keeps no logs so old, although it returns no error.
 *
 * @throws {EndpointError} of the kind `pruned` if the logs are missing.
 */
export async function requireCreation(
  { endpoints, endpoint, contracts, from, to, isDeployed, signal }: RequireCreationParameters,
  logs: readonly JournalLog[],
): Promise<void> {
  const core = contracts.filter(({ name }) => name === "registry" || name === "ledger");
  const created = core[0]?.fromBlock;
  if (created === undefined || created < from || created > to) return;
  if (logs.some(({ blockNumber }) => blockNumber === created)) return;
  const missing = () => {
    trustOf(endpoints).distrust(endpoint); // it is not known which of its ranges are complete
    return new EndpointError("pruned", `it returned no logs of block ${created}, in which the ledger was created`);
  };
  const [header] = await readHeaders(endpoint, [created], signal);
  const bloom = hexToBytes((endpoints.bloomsAreTrue && header?.logsBloom) || "0x");
  const share = shareOfBits(bloom);
  if (share > 0 && share < FULL) {
    if (core.every(({ address }) => mayContain(bloom, address))) throw missing();
    return;
  }
  // A start block that is lower than necessary has no such logs.
  const received = header && (await readLogsFromReceipts({ endpoints, endpoint, contracts, signal }, header));
  if (received?.length === 0) return;
  const other = trustOf(endpoints).findOther(created, [endpoint]);
  if (other) {
    const theirs = await readLogsBetween({ endpoint: other, contracts, signal }, created, created).catch(() => []);
    signal.throwIfAborted();
    if (theirs.length > 0) throw missing();
  }
  if (isDeployed || received) throw missing();
}
