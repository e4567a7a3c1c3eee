import { parseUnits } from "viem";
import { UserError } from "#protocol/userError.ts";
import { splitList } from "#client/parsing/splitList.ts";
import type { Currency } from "#protocol/money.ts";
import type { Session } from "../participant/session.ts";

/** A currency that the operator gave a price. */
export interface Priced {
  currency: Currency;
  /** The worth of a whole unit, in wei. */
  weiPerUnit: bigint;
}

/**
 * Reads prices as they are typed, "tUSD=0.0004": native money for a whole unit. The token that native money is wrapped in is
 * worth one, unless it is said otherwise.
 *
 * @throws {UserError} for a currency that the ledger does not take, or a price that is none.
 */
export async function readPrices(session: Session, text: string): Promise<Priced[]> {
  const prices = new Map<string, Priced>();
  const wrapped = await session.chain.wrapped();
  if (wrapped)
    prices.set(wrapped.address, { currency: wrapped, weiPerUnit: 10n ** BigInt(session.chain.native.decimals) });
  for (const each of splitList(text)) {
    const [, named, price] = /^([^=]+)=(\d+(?:\.\d{1,18})?)$/.exec(each) ?? [];
    if (named === undefined || price === undefined) {
      throw new UserError(`"${each}" is no price. Write currency=native money for a whole unit, such as tUSD=0.0004.`);
    }
    const currency = await session.currency(named);
    prices.set(currency.address, { currency, weiPerUnit: parseUnits(price, session.chain.native.decimals) });
  }
  return [...prices.values()].filter(({ weiPerUnit }) => weiPerUnit > 0n);
}

/** Returns the worth of an amount, in wei. */
export const worthOf = (amount: bigint, { currency, weiPerUnit }: Priced): bigint =>
  (amount * weiPerUnit) / 10n ** BigInt(currency.decimals);

const MARGIN_DECIMALS = 6;
const WHOLE_MARGIN = 10n ** BigInt(MARGIN_DECIMALS);

/** Returns whether something is worth its cost, both in wei, at least as many times as the margin says. */
export type IsWorth = (worthWei: bigint, costWei: bigint) => boolean;

/** @throws {UserError} unless the margin is a number such as "1.5". */
export function parseMargin(text: string): IsWorth {
  if (!/^\d+(\.\d{1,6})?$/.test(text)) throw new UserError("--margin must be a number such as 2 or 1.5.");
  const margin = parseUnits(text, MARGIN_DECIMALS);
  return (worthWei, costWei) => worthWei > 0n && worthWei * WHOLE_MARGIN >= costWei * margin;
}
