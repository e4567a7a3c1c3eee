import { ledgerAbi, registryAbi } from "#protocol/abis.ts";
import type { LedgerEvent } from "#protocol/events.ts";
import { applyEvent } from "../../ledger/applyEvent.ts";
import { LedgerState } from "../../ledger/state.ts";
import { questions } from "../../query/questions.ts";
import type { Book } from "../book.ts";
import { addLedgerRows, LEDGER_TABLES } from "./tables.ts";
import { expectationCount, expectations } from "./expectations.ts";

const file = (name: string) => new URL(name, import.meta.url);

/** The book of the registry and the ledger: assets, releases, contributions and money. */
export const ledgerBook: Book<LedgerState, LedgerEvent> = {
  name: "ledger",
  contracts: { registry: registryAbi, ledger: ledgerAbi },
  tables: LEDGER_TABLES,
  migrations: [
    { name: "02-tables.sql", file: file("02-tables.sql") },
    { name: "03-views.sql", file: file("03-views.sql") },
    {
      name: "05-texts.sql",
      file: file("05-texts.sql"),
      rewrites: ["assets", "metadata_changes", "releases", "currencies"],
    },
  ],
  indexes: file("indexes.sql"),
  addRows: addLedgerRows,
  begin: ({ ledger }, history) => new LedgerState(ledger.toLowerCase() as typeof ledger, history),
  apply: applyEvent,
  expectations,
  expectationCount,
  questions,
};
