import { parseUnits } from "viem";
import { UserError } from "#protocol/userError.ts";
import { splitList } from "#client/parsing/splitList.ts";
import type { Currency } from "#protocol/money.ts";
import type { Session } from "../participant/session.ts";

/** A currency with the price that the operator gave. */
export interface PricedCurrency {
  currency: Currency;
  /** Price of one whole unit, in wei. */
  weiPerUnit: bigint;
}

/**
 * Parses prices such as "tUSD=0.0004": native money for one whole unit. Default price of the token that wraps native
 * money: 1. A currency with a price of 0 is left out.
 *
 * @throws {UserError} if a currency is not admitted, or a price is malformed.
 */
export async function readPrices(session: Session, text: string): Promise<PricedCurrency[]> {
  const prices = new Map<string, PricedCurrency>();
  const wrapped = await session.chain.wrappedNative();
  if (wrapped)
    prices.set(wrapped.address, { currency: wrapped, weiPerUnit: 10n ** BigInt(session.chain.native.decimals) });
  for (const each of await readGivenPrices(session, text)) prices.set(each.currency.address, each);
  return [...prices.values()].filter(({ weiPerUnit }) => weiPerUnit > 0n);
}

/**
 * Parses the prices that are given, those of 0 included.
 *
 * @throws {UserError} if a currency is not admitted, or a price is malformed.
 */
export async function readGivenPrices(session: Session, text: string): Promise<PricedCurrency[]> {
  const prices: PricedCurrency[] = [];
  for (const each of splitList(text)) {
    const [, named, price] = /^([^=]+)=(\d+(?:\.\d{1,18})?)$/.exec(each) ?? [];
    if (named === undefined || price === undefined) {
      throw new UserError(
        `"${each}" is not a price. Write the currency and the native money for one whole unit, such as tUSD=0.0004.`,
      );
    }
    const currency = await session.currency(named);
    prices.push({ currency, weiPerUnit: parseUnits(price, session.chain.native.decimals) });
  }
  return prices;
}

/** Returns the worth of an amount, in wei. */
export const worthOf = (amount: bigint, { currency, weiPerUnit }: PricedCurrency): bigint =>
  (amount * weiPerUnit) / 10n ** BigInt(currency.decimals);

/** Returns the amount that is worth so much native money, in base units, approximately. */
export const unitsOf = (wei: bigint, { currency, weiPerUnit }: PricedCurrency): number =>
  (Number(wei) * 10 ** currency.decimals) / Number(weiPerUnit);

const MARGIN_DECIMALS = 6;
const WHOLE_MARGIN = 10n ** BigInt(MARGIN_DECIMALS);

/** Returns true if a worth is at least the cost times the margin; both in wei. */
export type IsWorth = (worthWei: bigint, costWei: bigint) => boolean;

/** @throws {UserError} if the margin is not a number such as "1.5". */
export function parseMargin(text: string): IsWorth {
  if (!/^\d+(\.\d{1,6})?$/.test(text)) throw new UserError("--margin must be a number such as 2 or 1.5.");
  const margin = parseUnits(text, MARGIN_DECIMALS);
  return (worthWei, costWei) => worthWei > 0n && worthWei * WHOLE_MARGIN >= costWei * margin;
}
