import { type Address, type Hex, zeroAddress } from "viem";
import { books } from "../../../indexer/books/books.ts";
import { BookStates } from "../../../indexer/books/states.ts";
import type { JournalSource } from "../../../indexer/journal.ts";
import type { LedgerState } from "../../../indexer/ledger/state.ts";
import { Turns } from "../../../indexer/scheduling/turns.ts";
import { UserError } from "#protocol/userError.ts";
import type { BlockUpdate, Health, View, ViewSource } from "../../../indexer/live/view.ts";

export const hashOf = (number: bigint, fork = 0): Hex =>
  `0x${(number * 16n + BigInt(fork)).toString(16).padStart(64, "0")}`;

/** The newest final block of views that tests make. */
export const FINAL_BLOCK = 4n;

/** A deployment with a contract of every book. */
const sourceWith = (ledger: Address): JournalSource => ({
  chainId: 31337,
  registry: zeroAddress,
  ledger,
  startBlock: 0n,
  periphery: {
    inlets: { address: `0x${"1e".repeat(20)}`, fromBlock: 0 },
    outlets: { address: `0x${"0e".repeat(20)}`, fromBlock: 0 },
    timelock: { address: `0x${"7e".repeat(20)}`, fromBlock: 0 },
  },
});

/** Returns the states of all books: the given ledger's, and the others without events. */
export function statesOf(ledger: LedgerState): BookStates {
  const states = new BookStates(books, sourceWith(ledger.ledger));
  Object.assign(states.states, { ledger });
  return states;
}

/** The health of an indexer that nothing is wrong with. */
export const GOOD_HEALTH: Omit<Health, "head" | "final"> = {
  headFrom: "chain",
  lastContact: undefined,
  silentMs: 0,
  waitingMs: 0,
  lastAppend: undefined,
  lastError: undefined,
  problems: [],
  completeness: "blooms",
  endpoints: [],
  failure: undefined,
};

/** Creates a source of views that tests control: one current state, and others as of earlier blocks. */
export function viewSourceOf(state: LedgerState, number = 5n, earlier: Record<string, LedgerState> = {}) {
  const viewOf = (of: LedgerState, at: bigint): View => ({
    state: of,
    states: statesOf(of),
    incomplete: new Set(),
    block: { number: at, hash: hashOf(at), timestamp: Number(at) * 12 },
    turns: new Turns(),
  });
  const listeners = new Set<(update: BlockUpdate) => void>();
  let newest: View | undefined = viewOf(state, number);
  return {
    source: sourceWith(state.ledger),
    health: {
      ...GOOD_HEALTH,
      head: number,
      final: { number: FINAL_BLOCK, hash: hashOf(FINAL_BLOCK) },
    } as Omit<Health, "head"> & { head: bigint },
    view: () => newest,
    viewAt: (block) => {
      const known = earlier[String(block)];
      if (known) return Promise.resolve(viewOf(known, block));
      return Promise.reject(new UserError(`Block ${block} is not indexed.`));
    },
    async blockByHash(hash) {
      const known = Object.keys(earlier).find((block) => hashOf(BigInt(block)) === hash);
      return known === undefined ? undefined : viewOf(state, BigInt(known)).block;
    },
    onBlock(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    listeners,
    /** Publishes the next view, with the changes that led to it. */
    apply(update: BlockUpdate): void {
      if (newest) newest = { ...newest, block: update.block };
      for (const listener of listeners) listener(update);
    },
    forget(): void {
      newest = undefined;
    },
  } satisfies ViewSource & Record<string, unknown>;
}
