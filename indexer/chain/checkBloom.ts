import { pause } from "#node/abortable.ts";
import type { Endpoint } from "#node/rpc/endpoint.ts";
import { classifyError, EndpointError } from "#node/rpc/endpointError.ts";
import type { Header } from "#node/rpc/header.ts";
import { compareWithBloom, isEmptyBloom } from "./bloom.ts";
import { distrustBlooms, reportWithheld } from "./conditions.ts";
import { IncompleteReply } from "./incompleteReply.ts";
import { type LogsOfBlocksParameters, readIgnoredByHash, readLogsOf } from "./logsOfBlocks.ts";
import { readLogsFromReceipts } from "./receipts.ts";
import { containsLogs, hasSameLogs, type ReadLog } from "./replies.ts";
import { trustOf } from "./trust.ts";

/** The number of replies that must agree that a block has no more logs although its bloom filter hints at some. */
const AGREEMENTS = 4;
/** A hint with a higher chance is no reason to ask again: it would cost several requests for most blocks. */
const HIGHEST_CHANCE = 0.1;
/** A hint with a lower chance that turns out to be false counts against the chain's bloom filters. */
const LOW_CHANCE = 0.01;
/** A hint with a lower chance is either right, or shows that the filter is untrue. */
const IMPROBABLE = 1e-6;
/** The number of false hints, beyond those that chance explains, after which the chain's bloom filters are untrue. */
const MOST_FALSE_HINTS = 8;
/** The part of a false hint that each block without a hint makes up for. It exceeds what chance adds for a block. */
const FORGIVEN = 1 / 64;
/** The number of blocks with full bloom filters, beyond those with others, after which the filters say nothing. */
const MOST_FULL = 16;

/**
 * Compares a block's logs with its bloom filter. A filter is only a hint. If it hints at more logs, they are asked for
 * again, also at another endpoint. If it excludes logs that are confirmed by the block's hash, then the filter is untrue
 * and the chain's filters are not used any more.
 *
 * @returns The block's logs. There can be more of them than before.
 * @throws {EndpointError} if the endpoint has withheld logs, or returned wrong ones.
 */
export async function checkBloom(
  parameters: LogsOfBlocksParameters,
  header: Header,
  logs: readonly ReadLog[],
): Promise<readonly ReadLog[]> {
  const { endpoints, contracts } = parameters;
  if (!endpoints.bloomsAreTrue) return logs;
  const trust = trustOf(endpoints);
  const verdict = compareWithBloom(contracts, header, logs);
  if (verdict.type === "excludes") {
    await confirm(parameters, header, logs);
    return logs;
  }
  if (verdict.type === "fits") {
    if (trust.fullBlooms > 0) trust.fullBlooms--;
    if (trust.falseHints > 0) trust.falseHints = Math.max(0, trust.falseHints - FORGIVEN);
    return logs;
  }
  if (verdict.chance > HIGHEST_CHANCE) {
    if (++trust.fullBlooms >= MOST_FULL) {
      distrustBlooms(endpoints, "The bloom filters of this chain's blocks are so full that they show nothing");
    }
    return logs;
  }
  return askAgain(parameters, header, logs, verdict.chance);
}

/**
 * Confirms logs that a block's bloom filter excludes, by the block's hash. Another endpoint must have them, too. Without
 * one, the endpoint must return them again after it was at fault for them once.
 *
 * @throws {EndpointError} if they are not confirmed.
 */
async function confirm(parameters: LogsOfBlocksParameters, header: Header, logs: readonly ReadLog[]): Promise<void> {
  const { endpoints, endpoint, signal } = parameters;
  const { excluded } = trustOf(endpoints);
  const { number, hash } = header;
  const wrong = new EndpointError("wrong", `it returned a log that the header of block ${number} excludes`);
  const other = trustOf(endpoints).findOther(number, [endpoint]);
  const theirs = other && (await readFrom(other, parameters, header));
  const isConfirmed = theirs !== undefined && containsLogs(theirs, logs);
  if (!isConfirmed) {
    // An empty filter is no evidence against a log: many nodes return one instead of the true filter.
    if (theirs !== undefined && !isEmptyBloom(header)) throw wrong;
    const [again = []] = await readLogsOf(parameters, [header]);
    if (!containsLogs(again, logs)) throw wrong;
    if (!excluded.has(hash)) {
      excluded.add(hash);
      throw wrong;
    }
  }
  signal.throwIfAborted();
  excluded.clear();
  distrustBlooms(
    endpoints,
    `The bloom filters of this chain's blocks are untrue: that of block ${number} excludes logs that the block holds`,
  );
}

/** Asks for a block's logs again, also at another endpoint, since the bloom filter hints at more than there are. */
async function askAgain(
  parameters: LogsOfBlocksParameters,
  header: Header,
  logs: readonly ReadLog[],
  chance: number,
): Promise<readonly ReadLog[]> {
  const { endpoints, endpoint, signal } = parameters;
  const { number } = header;
  const withheld = new IncompleteReply(`it withheld logs of block ${number}`);
  for (let agreed = 1; agreed < AGREEMENTS; agreed++) {
    const second = (agreed % 2 === 1 ? trustOf(endpoints).findOther(number, [endpoint]) : undefined) ?? endpoint;
    const again = await readFrom(second, parameters, header);
    if (again && !hasSameLogs(again, logs)) throw withheld;
    // Some nodes know a block's logs a little later than the block.
    if (chance < IMPROBABLE && second === endpoint) await pause(endpoints.pollingIntervalMs / AGREEMENTS, signal);
    signal.throwIfAborted();
  }
  if (await readIgnoredByHash(parameters, header, logs)) throw withheld;
  if (chance >= LOW_CHANCE) return logs;

  // The transactions' receipts decide, if there are any.
  const received = chance < IMPROBABLE ? await readLogsFromReceipts(parameters, header) : logs;
  if (received && containsLogs(received, logs) && received.length > logs.length) {
    reportWithheld(endpoints, endpoint, `those of block ${number} were read from receipts`, false);
    return received;
  }
  const trust = trustOf(endpoints);
  if (++trust.falseHints >= MOST_FALSE_HINTS) {
    endpoints.notices.clear("logsWithheld");
    distrustBlooms(
      endpoints,
      "The bloom filters of this chain's blocks hint at logs that no endpoint returns, so they are untrue, or every endpoint leaves out these logs",
    );
  } else if (!received) {
    const what = `the bloom filter of block ${number} shows some that it does not return, although it was asked again`;
    reportWithheld(endpoints, endpoint, what, false);
  }
  return logs;
}

/** Reads a block's logs from an endpoint; undefined if another endpoint than the one that is read fails. */
async function readFrom(
  endpoint: Endpoint,
  parameters: LogsOfBlocksParameters,
  header: Header,
): Promise<readonly ReadLog[] | undefined> {
  try {
    const [logs = []] = await readLogsOf({ ...parameters, endpoint }, [header]);
    return logs;
  } catch (error) {
    parameters.signal.throwIfAborted();
    if (endpoint === parameters.endpoint) throw error;
    const failure = classifyError(error);
    if (failure.kind !== "refused") parameters.endpoints.reportFailure(endpoint, failure);
    return undefined;
  }
}
