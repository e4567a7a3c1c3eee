import type { Currency } from "#protocol/money.ts";
import type { Session } from "./session.ts";

/** Instead of a currency: native money, which the ledger wraps. */
export const NATIVE = "native";

/** Finds a currency by its symbol or address; undefined for native money. */
export const currencyOrNative = async (session: Session, named: string | undefined): Promise<Currency | undefined> =>
  named === NATIVE ? undefined : session.currency(named);
