import { createHash } from "node:crypto";
import { numberToHex } from "viem";
import { abortable } from "#node/abortable.ts";
import { bookOfContract, firstBlockOf, followedContracts } from "../books/contracts.ts";
import type { FollowedContract, JournalBlock, JournalLog, JournalSource } from "../journal.ts";
import type { Store } from "../store/store.ts";
import { classifyError } from "#node/rpc/endpointError.ts";
import { logsCall } from "../chain/logsOfBlocks.ts";
import { isSameLog, parseLogs } from "../chain/replies.ts";
import { readBytes, readOptional, readQuantity } from "#node/rpc/fields.ts";
import { parseHeader } from "#node/rpc/header.ts";
import { Differences } from "./result.ts";
import type { Request } from "../live/view.ts";

export interface VerifyJournalParameters {
  /** The last block to compare. */
  block: JournalBlock;
  source: JournalSource;
  /** The names of books whose logs are not all in the journal yet. They are left out. Default: none. */
  incomplete?: ReadonlySet<string> | undefined;
  request: Request;
  store: Pick<Store, "readChanges" | "readLogs">;
  /** The number of consecutive blocks to compare; the seed selects them. Default: all blocks. */
  blocks?: bigint | undefined;
  seed?: string | undefined;
  signal: AbortSignal;
  onProgress?: ((blocks: number, all: number) => void) | undefined;
}

export interface JournalVerification {
  /** The number of logs that the node returned. */
  logs: number;
  /** The logs that the journal lacks or has with other content. */
  differences: Differences;
  /**
   * The number of logs in the journal that the node did not return. Nodes withhold logs far more often than they invent
   * them.
   */
  withheld: number;
  /** The lowest block in which something differs. */
  firstDiffering: bigint | undefined;
}

/** Size of the first range, in blocks. A range that a node refuses is halved. */
const FIRST_RANGE = 1_000n;
const LARGEST_RANGE = 10_000n;
const MOST_LOGS = 4_000;

/**
 * Compares the journal with the logs that a node returns now, range by range. This finds logs that a node withheld when
 * they were read first, even where no contract can be asked, for example about a grant that was never indexed.
 *
 * @throws if no node returns the logs, or if a reorg during the comparison makes its differences meaningless.
 */
export async function verifyJournal(parameters: VerifyJournalParameters): Promise<JournalVerification> {
  const { block, source, request, store, onProgress } = parameters;
  const { from, to } = stretch(parameters);
  const { removals } = await store.readChanges(block, 0n);
  const contracts = contractsOf(parameters);
  const names = new Set(contracts.map(({ name }) => name));
  const journal = new JournalReader(store.readLogs({ above: from - 1n, upTo: to }), names);
  const verified: JournalVerification = {
    logs: 0,
    differences: new Differences(),
    withheld: 0,
    firstDiffering: undefined,
  };
  const missing: JournalLog[] = [];
  for await (const { end, logs } of readChain(parameters, contracts, from, to)) {
    compare(await journal.upTo(end), logs, verified, missing);
    verified.logs += logs.length;
    onProgress?.(Number(end - from) + 1, Number(to - from) + 1);
  }
  await findInvented(parameters, contracts, missing, verified);
  if (verified.firstDiffering === undefined) return verified;
  const reply = await request({ method: "eth_getBlockByNumber", params: [numberToHex(block.number), false] });
  const { isKnown, removedAbove } = await store.readChanges(block, removals);
  if (parseHeader(reply, block.number)?.hash !== block.hash || !isKnown || removedAbove !== undefined) {
    throw new Error(`Blocks up to ${block.number} were replaced while the journal of ${source.ledger} was compared.`);
  }
  return verified;
}

const contractsOf = ({ source, incomplete }: VerifyJournalParameters) =>
  followedContracts(source).filter(({ name }) => !incomplete?.has(bookOfContract(name).name));

function stretch({ block, source, blocks, seed = "" }: VerifyJournalParameters): { from: bigint; to: bigint } {
  const startBlock = firstBlockOf(source);
  const places = Number(block.number - startBlock + 1n - (blocks ?? 0n)) + 1;
  if (blocks === undefined || places <= 1) return { from: startBlock, to: block.number };
  const dice = createHash("sha512").update(`${seed}/journal`).digest().readUInt32LE() / 2 ** 32;
  const from = startBlock + BigInt(Math.floor(dice * places));
  return { from, to: from + blocks - 1n };
}

/** Yields the logs of the chain range by range. Throws if the node refuses a range of a single block. */
async function* readChain(
  { request, signal }: VerifyJournalParameters,
  contracts: readonly FollowedContract[],
  first: bigint,
  last: bigint,
): AsyncGenerator<{ end: bigint; logs: JournalLog[] }> {
  let range = FIRST_RANGE;
  for (let from = first; from <= last;) {
    const to = from + range - 1n < last ? from + range - 1n : last;
    const call = logsCall(contracts, { fromBlock: numberToHex(from), toBlock: numberToHex(to) });
    let logs: JournalLog[];
    try {
      logs = parseLogs(await abortable(request(call), signal), { contracts, from, to });
    } catch (error) {
      if (signal.aborted || from === to || classifyError(error).kind !== "refused") throw error;
      range = (to - from + 1n) / 2n;
      continue;
    }
    yield { end: to, logs };
    from = to + 1n;
    if (logs.length < MOST_LOGS) range = 2n * range < LARGEST_RANGE ? 2n * range : LARGEST_RANGE;
  }
}

/** The number of logs whose receipts are asked for, each with a request of its own. */
const MOST_RECEIPTS = 200;

/**
 * Asks for the receipts of logs that the node did not return. A receipt without the log shows that it does not exist: an
 * endpoint has invented it. Without a receipt it stays unknown.
 */
async function findInvented(
  { request, signal }: VerifyJournalParameters,
  contracts: readonly FollowedContract[],
  missing: readonly JournalLog[],
  verified: JournalVerification,
): Promise<void> {
  for (const log of missing.slice(0, MOST_RECEIPTS)) {
    const { blockNumber, logIndex, transactionHash } = log;
    const asked = request({ method: "eth_getTransactionReceipt", params: [transactionHash] });
    const receipt = await abortable(asked, signal).catch(() => undefined);
    signal.throwIfAborted();
    const { blockNumber: height, logs } = (receipt ?? {}) as { blockNumber?: unknown; logs?: unknown };
    if (readOptional(readQuantity, height) !== Number(blockNumber) || !Array.isArray(logs)) continue;
    const same = logs.filter(
      (each: { logIndex?: unknown } | null) => readOptional(readQuantity, each?.logIndex) === logIndex,
    ) as { address?: unknown }[];
    const [onChain] = readable(same, contracts, blockNumber);
    if (onChain === undefined && same.length > 0 && isOurs(same, contracts)) continue; // it cannot be read
    if (onChain && isSameLog(onChain, log)) continue;
    verified.withheld--;
    if (verified.firstDiffering === undefined || blockNumber < verified.firstDiffering)
      verified.firstDiffering = blockNumber;
    verified.differences.add({
      what: `log ${logIndex} of block ${blockNumber}`,
      indexed: textOf(log),
      onChain: onChain ? textOf(onChain) : "none",
    });
  }
}

const isOurs = (logs: readonly { address?: unknown }[], contracts: readonly FollowedContract[]) =>
  contracts.some(({ address }) => logs.some((each) => readOptional(readBytes, each.address) === address));

/** Reads those logs that are of followed contracts; none if they are malformed. */
function readable(
  logs: readonly { address?: unknown }[],
  contracts: readonly FollowedContract[],
  block: bigint,
): JournalLog[] {
  try {
    return parseLogs(
      logs.filter((each) => isOurs([each], contracts)),
      { contracts, from: block, to: block },
    );
  } catch {
    return [];
  }
}

/** Compares two lists of logs, both in the chain's order. Adds to `missing` those that are not on the chain. */
function compare(
  indexed: readonly JournalLog[],
  onChain: readonly JournalLog[],
  verified: JournalVerification,
  missing: JournalLog[],
): void {
  let [ours, theirs] = [0, 0];
  while (ours < indexed.length || theirs < onChain.length) {
    const [mine, other] = [indexed[ours], onChain[theirs]];
    const order = orderOf(mine, other);
    if (order <= 0) ours++;
    if (order >= 0) theirs++;
    if (order < 0) {
      verified.withheld++;
      if (mine) missing.push(mine);
    }
    if (order < 0 || !other || (order === 0 && mine && isSameLog(mine, other))) continue;
    verified.firstDiffering ??= other.blockNumber;
    verified.differences.add({
      what: `log ${other.logIndex} of block ${other.blockNumber}`,
      indexed: order === 0 && mine ? textOf(mine) : "none",
      onChain: textOf(other),
    });
  }
}

function orderOf(a: JournalLog | undefined, b: JournalLog | undefined): number {
  if (!a) return 1;
  if (!b) return -1;
  return Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex;
}

const textOf = ({ contract, topics, data }: JournalLog) => `${contract} ${topics.join(" ")} ${data}`;

/** Reads logs page by page and returns them up to a given block. */
class JournalReader {
  readonly #pages: AsyncIterator<JournalLog[]>;
  readonly #contracts: ReadonlySet<string>;
  #page: JournalLog[] = [];

  /** @param contracts The names of the contracts whose logs are returned. */
  constructor(pages: AsyncIterator<JournalLog[]>, contracts: ReadonlySet<string>) {
    this.#pages = pages;
    this.#contracts = contracts;
  }

  async upTo(block: bigint): Promise<JournalLog[]> {
    const taken: JournalLog[] = [];
    for (;;) {
      const beyond = this.#page.findIndex(({ blockNumber }) => blockNumber > block);
      taken.push(...this.#page.splice(0, beyond === -1 ? this.#page.length : beyond));
      if (beyond !== -1) return taken;
      const { done, value } = await this.#pages.next();
      if (done) return taken;
      this.#page = value.filter(({ contract }) => this.#contracts.has(contract));
    }
  }
}
