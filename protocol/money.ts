import { type Address, formatUnits, parseUnits } from "viem";
import { UserError } from "./userError.ts";
import { WHOLE_PPM } from "./limits.ts";

/** A unit of money: a currency, or a chain's native money. */
export interface Unit {
  symbol: string;
  decimals: number;
  /** Name of its base unit. Default: "base units". */
  base?: string;
}

export interface Currency extends Unit {
  address: Address;
}

/**
 * Parses an amount such as "12.5", in base units.
 *
 * @throws {UserError} if the text is not an amount, or has more decimals than the unit.
 */
export function parseAmount(text: string, { symbol, decimals }: Unit): bigint {
  const [, whole, fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined)
    throw new UserError(`"${text}" is not an amount. Write digits and a decimal point, such as 12.5.`);
  if (fraction.replace(/0+$/, "").length > decimals) {
    throw new UserError(`${symbol} has ${decimals} decimals, but ${text} has more. Shorten the amount.`);
  }
  return parseUnits(text, decimals);
}

/** Parses an amount of at least one base unit; see {@link parseAmount}. */
export function parsePayment(text: string, unit: Unit): bigint {
  const amount = parseAmount(text, unit);
  if (amount === 0n) throw new UserError("The amount must be above 0.");
  return amount;
}

/** Formats an amount as "12.5 tUSD". */
export const amountText = (amount: bigint, { symbol, decimals }: Unit): string =>
  `${formatUnits(amount, decimals)} ${symbol}`;

/** Formats an amount as "12.5 tUSD (12500000 base units)". */
export const exactText = (amount: bigint, unit: Unit): string =>
  `${amountText(amount, unit)} (${amount} ${unit.base ?? "base units"})`;

/** Formats parts per million as "12.5 %". */
export const percentText = (ppm: number): string => `${formatUnits(BigInt(ppm), 4)} %`;

/**
 * Parses a part of a whole in parts per million ("300000") or in per cent ("30%"). Returns parts per million.
 *
 * @throws {UserError} for anything else.
 */
export function parsePpm(text: string, what: string): number {
  const [, percent] = /^(\d+(?:\.\d{1,4})?)%$/.exec(text) ?? [];
  const ppm = percent !== undefined ? Number(parseUnits(percent, 4)) : /^\d+$/.test(text) ? Number(text) : NaN;
  if (!(ppm <= WHOLE_PPM)) {
    throw new UserError(`${what} must be 0 to ${WHOLE_PPM} parts per million, or 0% to 100% with up to four decimals.`);
  }
  return ppm;
}
