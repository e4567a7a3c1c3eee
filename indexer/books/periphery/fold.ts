import { inletsAbi, outletsAbi, timelockAbi } from "#protocol/abis.ts";
import type { BookFold } from "../fold.ts";
import { applyPeripheryEvent, type PeripheryEvent } from "./applyEvent.ts";
import { PeripheryState } from "./state.ts";
import { addPeripheryRows, PERIPHERY_TABLES } from "./tables.ts";

/** The tables and the state of the contracts around the ledger: inlets, outlets, and the timelock that administers it. */
export const peripheryFold: BookFold<PeripheryState, PeripheryEvent> = {
  name: "periphery",
  contracts: { inlets: inletsAbi, outlets: outletsAbi, timelock: timelockAbi },
  tables: PERIPHERY_TABLES,
  migrations: [
    { name: "periphery-01-tables.sql", file: new URL("01-tables.sql", import.meta.url) },
    { name: "periphery-02-outlets.sql", file: new URL("02-outlets.sql", import.meta.url) },
  ],
  indexes: new URL("indexes.sql", import.meta.url),
  addRows: addPeripheryRows,
  begin: (source, history) => new PeripheryState(source, history),
  apply: applyPeripheryEvent,
};
