import type { Address } from "viem";
import { type ProjectedBooks, readProjectedBooksAfter } from "../../../indexer/graph/settled/projectedBooks.ts";
import type { LedgerState } from "../../../indexer/ledger/state.ts";
import { finish, type Walk } from "../../../indexer/scheduling/walk.ts";

/** Returns the projected books with only the first `fees` fees. The result is valid until the next call. */
export const projectedBooksAfter = (state: LedgerState, currency: Address, fees: number): ProjectedBooks =>
  finish(readProjectedBooksAfter(state, currency, fees, take));

// oxlint-disable-next-line require-yield -- a walk that ends at once
function* take(books: ProjectedBooks): Walk<ProjectedBooks> {
  return books;
}
