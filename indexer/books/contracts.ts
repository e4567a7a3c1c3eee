import type { Address } from "viem";
import { logDecoder } from "#protocol/events.ts";
import { UserError } from "#protocol/userError.ts";
import type { FollowedContract, JournalSource } from "../journal.ts";
import type { Book } from "./book.ts";
import { books } from "./books.ts";

/** Contracts around the ledger that emit no events, so that no book follows them. */
const SILENT = new Set(["signedPayments", "preview"]);

/** The ABI of each contract that a book follows, by name. */
export const followedAbis = Object.assign(
  {},
  ...books.map(({ contracts }) => contracts),
) as (typeof books)[number]["contracts"];

/** Decodes a log of a followed contract; undefined if the contract has no such event. See {@link logDecoder}. */
export const decodeLog = logDecoder(followedAbis);

const bookByContract = new Map(books.flatMap((book) => Object.keys(book.contracts).map((name) => [name, book])));

/**
 * Returns the book that follows a contract.
 *
 * @throws {RangeError} if none does.
 */
export function bookOfContract(name: string): Book {
  const book = bookByContract.get(name);
  if (!book) throw new RangeError(`No book follows the contract "${name}".`);
  return book;
}

const cache = new WeakMap<JournalSource, readonly FollowedContract[]>();

/**
 * Lists the contracts of a deployment that are followed, the registry and the ledger first.
 *
 * @throws {UserError} if the deployment names a contract that no book follows.
 */
export function followedContracts(source: JournalSource): readonly FollowedContract[] {
  const listed = cache.get(source) ?? listContracts(source);
  cache.set(source, listed);
  return listed;
}

function listContracts({ registry, ledger, startBlock, periphery = {} }: JournalSource): FollowedContract[] {
  const around = Object.entries(periphery).filter(([name]) => !SILENT.has(name));
  const foreign = around.map(([name]) => name).filter((name) => !(name in followedAbis));
  if (foreign.length > 0) {
    throw new UserError(
      `The deployment names contracts that this indexer does not know: ${foreign.join(", ")}. Update the indexer, or remove them from the deployment file.`,
    );
  }
  return [
    { name: "registry", address: registry, fromBlock: startBlock },
    { name: "ledger", address: ledger, fromBlock: startBlock },
    ...around.map(([name, { address, fromBlock }]) => ({ name, address, fromBlock: BigInt(fromBlock) })),
  ].map(({ address, ...rest }) => ({ ...rest, address: address.toLowerCase() as Address }));
}

/**
 * Returns the first block that can contain a log of a deployment. The timelock is older than the ledger that it
 * administers.
 */
export const firstBlockOf = (source: JournalSource): bigint =>
  followedContracts(source).reduce(
    (first, { fromBlock }) => (fromBlock < first ? fromBlock : first),
    source.startBlock,
  );
