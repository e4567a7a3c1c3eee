import { createHash } from "node:crypto";
import type { JournalBlock, JournalLog, JournalSource } from "../store/journal.ts";
import type { Store } from "../store/store.ts";
import { backfill } from "../sync/backfill.ts";
import { type Endpoints, headerOf } from "../sync/endpoints.ts";
import { isSameLog } from "../sync/readBlocks.ts";
import { Differences } from "./result.ts";

export interface VerifyJournalParameters {
  /** Up to here. */
  block: JournalBlock;
  source: JournalSource;
  endpoints: Endpoints;
  store: Pick<Store, "lastBlock" | "readLogs">;
  /** Which part of all blocks to look at, one stretch that the seed chooses; all unless given. */
  share?: number | undefined;
  seed?: string | undefined;
  signal: AbortSignal;
  onProgress?: ((blocks: number, all: number) => void) | undefined;
}

export interface JournalVerified {
  /** How many logs of the chain were compared. */
  logs: number;
  found: Differences;
  /** The lowest block of which the journal lacks a log, or has another. */
  firstLacking: bigint | undefined;
}

/**
 * Holds the journal against the logs that the nodes give now, range by range. So what a node kept back when it was read
 * first is found, though no contract can be asked about it, such as a grant of which nothing is known.
 *
 * @throws if the block was taken back meanwhile, on the chain or in the journal.
 */
export async function verifyJournal(parameters: VerifyJournalParameters): Promise<JournalVerified> {
  const { block, source, endpoints, store, signal, onProgress } = parameters;
  const { from, to } = stretch(parameters);
  const all = Number(to - from) + 1;
  const journal = new JournalReader(store.readLogs({ above: from - 1n, upTo: to }));
  const found = new Differences();
  let firstLacking: bigint | undefined;
  let logs = 0;
  for await (const read of backfill({ endpoints, source, from, to, signal })) {
    const end = read.blocks.at(-1)?.number ?? to;
    const lacking = compare(await journal.upTo(end), read.logs, found);
    firstLacking ??= lacking;
    logs += read.logs.length;
    onProgress?.(Number(end - from) + 1, all);
  }
  const endpoint = await endpoints.choose(block.number, signal);
  const [onChain, journalled] = await Promise.all([
    headerOf(endpoint, block.number, signal),
    store.lastBlock(block.number),
  ]);
  if (onChain?.hash !== block.hash || journalled?.hash !== block.hash) {
    throw new Error(`Block ${block.number} was taken back while the journal was compared.`);
  }
  return { logs, found, firstLacking };
}

function stretch({ block, source, share, seed = "" }: VerifyJournalParameters): { from: bigint; to: bigint } {
  const { startBlock } = source;
  if (share === undefined) return { from: startBlock, to: block.number };
  const all = Number(block.number - startBlock) + 1;
  const length = Math.min(all, Math.max(1, Math.ceil(all * share)));
  const dice = createHash("sha512").update(`${seed}/journal`).digest().readUInt32LE() / 2 ** 32;
  const from = startBlock + BigInt(Math.floor(dice * (all - length + 1)));
  return { from, to: from + BigInt(length) - 1n };
}

/** Both in the chain's order. Answers the lowest block of which what is indexed lacks a log, or has another. */
function compare(
  indexed: readonly JournalLog[],
  onChain: readonly JournalLog[],
  found: Differences,
): bigint | undefined {
  let [ours, theirs] = [0, 0];
  let lacking: bigint | undefined;
  while (ours < indexed.length || theirs < onChain.length) {
    const [mine, other] = [indexed[ours], onChain[theirs]];
    const order = orderOf(mine, other);
    if (order <= 0) ours++;
    if (order >= 0) theirs++;
    if (order === 0 && mine && other && isSameLog(mine, other)) continue;
    const { blockNumber = 0n, logIndex = 0 } = (order <= 0 ? mine : other) ?? {};
    if (order >= 0) lacking ??= blockNumber;
    found.add({
      what: `log ${logIndex} of block ${blockNumber}`,
      indexed: order <= 0 ? textOf(mine) : "none",
      onChain: order >= 0 ? textOf(other) : "none",
    });
  }
  return lacking;
}

function orderOf(a: JournalLog | undefined, b: JournalLog | undefined): number {
  if (!a) return 1;
  if (!b) return -1;
  return Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex;
}

const textOf = (log: JournalLog | undefined) => (log ? `${log.contract} ${log.topics.join(" ")} ${log.data}` : "none");

/** Takes logs out of pages, up to one block after the other. */
class JournalReader {
  readonly #pages: AsyncIterator<JournalLog[]>;
  #page: JournalLog[] = [];

  constructor(pages: AsyncIterator<JournalLog[]>) {
    this.#pages = pages;
  }

  async upTo(block: bigint): Promise<JournalLog[]> {
    const taken: JournalLog[] = [];
    for (;;) {
      const beyond = this.#page.findIndex(({ blockNumber }) => blockNumber > block);
      taken.push(...this.#page.splice(0, beyond === -1 ? this.#page.length : beyond));
      if (beyond !== -1) return taken;
      const { done, value } = await this.#pages.next();
      if (done) return taken;
      this.#page = value;
    }
  }
}
