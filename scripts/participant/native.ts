import type { Currency } from "#protocol/money.ts";
import type { Session } from "./session.ts";

/** Stands for native money, which the ledger wraps, in the place of a currency. */
export const NATIVE = "native";

/** Finds a currency by its symbol or address; undefined for native money. */
export const currencyOrNative = async (session: Session, named: string | undefined): Promise<Currency | undefined> =>
  named === NATIVE ? undefined : session.currency(named);
