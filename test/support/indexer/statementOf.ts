import type { Address } from "viem";
import { type StatementLine, statementLines } from "../../../indexer/graph/earnings/statement.ts";
import type { LedgerState } from "../../../indexer/ledger/state.ts";
import { finish } from "../../../indexer/scheduling/walk.ts";

/** Returns all lines of an account's statement. */
export function statementOf(state: LedgerState, account: Address): StatementLine[] {
  const lines = finish(statementLines(state, account));
  return Array.from({ length: lines.length }, (_, place) => lines.at(place));
}
