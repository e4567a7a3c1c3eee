import { type Address, formatUnits, parseUnits } from "viem";
import { UserError } from "./userError.ts";
import { WHOLE_PPM } from "./limits.ts";

/** What amounts are counted in. */
export interface Unit {
  symbol: string;
  decimals: number;
  /** What its smallest part is called, if it has a name. */
  base?: string;
}

export interface Currency extends Unit {
  address: Address;
}

/**
 * An amount as people write it, such as "12.5", in base units.
 *
 * @throws {UserError} unless it is exact.
 */
export function parseAmount(text: string, { symbol, decimals }: Unit): bigint {
  const [, whole, fraction = ""] = /^(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) throw new UserError(`"${text}" is not an amount. Write it as 12.5.`);
  if (fraction.replace(/0+$/, "").length > decimals) {
    throw new UserError(`${symbol} has ${decimals} decimals; ${text} has more.`);
  }
  return parseUnits(text, decimals);
}

/** An amount of at least one base unit; see {@link parseAmount}. */
export function parsePayment(text: string, unit: Unit): bigint {
  const amount = parseAmount(text, unit);
  if (amount === 0n) throw new UserError("The amount must be above 0.");
  return amount;
}

/** Such as "12.5 tUSD". */
export const amountText = (amount: bigint, { symbol, decimals }: Unit): string =>
  `${formatUnits(amount, decimals)} ${symbol}`;

/** Such as "12.5 tUSD (12500000 base units)". */
export const exactText = (amount: bigint, unit: Unit): string =>
  `${amountText(amount, unit)} (${amount} ${unit.base ?? "base units"})`;

/** Such as "12.5 %". */
export const percentText = (ppm: number): string => `${formatUnits(BigInt(ppm), 4)} %`;

/**
 * A part of a whole in parts per million: "300000", or in per cent: "30%".
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
