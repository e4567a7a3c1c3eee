import type { Address } from "viem";
import { parseAddress } from "#protocol/address.ts";
import { ROLES } from "#protocol/kinds.ts";
import { percentText } from "#protocol/money.ts";
import { TOTAL_SHARES, WHOLE_PPM } from "#protocol/limits.ts";
import { UserError } from "#protocol/userError.ts";
import { parsePercent } from "./parsePercent.ts";
import { splitList } from "./splitList.ts";

/** Shares of a new asset that an account gets, in the form that the registry takes. */
export interface Allocation {
  account: Address;
  /** Index of the role in `ROLES`. */
  role: number;
  shares: bigint;
}

/** One row of a form: an account, its role, and its part of the shares in per cent. */
export interface AllocationRow {
  account: string;
  role: string;
  percent: string;
}

/**
 * Parses allocations such as `account:role:shares`, separated by commas.
 *
 * @throws {UserError} if they do not add up to all of an asset's shares.
 */
export function parseAllocations(text: string, what: string): Allocation[] {
  const allocations = splitList(text).map((entry) => {
    const [account = "", role = "", shares = "", ...rest] = entry.split(":");
    if (rest.length > 0 || !/^\d+$/.test(shares) || BigInt(shares) === 0n) {
      throw new UserError(
        `"${entry}" is not an allocation of shares. Write account:role:shares, such as 0x…:training:60000000.`,
      );
    }
    return { account: parseAddress(account, what), role: parseRole(role), shares: BigInt(shares) };
  });
  const sum = sumOf(allocations);
  if (sum !== TOTAL_SHARES) throw new UserError(`The shares add up to ${sum}. They must be exactly ${TOTAL_SHARES}.`);
  return allocations;
}

/**
 * Parses allocations from the rows of a form.
 *
 * @throws {UserError} if they do not add up to all of an asset's shares.
 */
export function readAllocations(rows: readonly AllocationRow[]): Allocation[] {
  const allocations = rows.map(({ account, role, percent }, i) => {
    const shares = parseSharesPercent(percent, `The part of contributor ${i + 1}`);
    if (shares === 0n) throw new UserError(`Contributor ${i + 1} must get more than 0 %.`);
    return { account: parseAddress(account.trim(), `Contributor ${i + 1}`), role: parseRole(role), shares };
  });
  const sum = sumOf(allocations);
  if (sum !== TOTAL_SHARES) {
    throw new UserError(`The parts add up to ${sharesText(sum)}. They must be exactly 100 %.`);
  }
  return allocations;
}

/** Parses a part of an asset in per cent, and returns it as a number of shares. */
export const parseSharesPercent = (text: string, what: string): bigint =>
  (BigInt(parsePercent(text, what)) * TOTAL_SHARES) / BigInt(WHOLE_PPM);

/** Formats a number of shares as a part of the asset, such as "12.5 %", rounded down; a tiny part as "< 0.0001 %". */
export function sharesText(shares: bigint): string {
  const ppm = Number((shares * BigInt(WHOLE_PPM)) / TOTAL_SHARES);
  return ppm === 0 && shares > 0n ? "< 0.0001 %" : percentText(ppm);
}

const sumOf = (allocations: readonly Allocation[]) => allocations.reduce((total, { shares }) => total + shares, 0n);

function parseRole(text: string): number {
  const role = ROLES.findIndex((each) => each === text);
  if (role === -1) throw new UserError(`"${text}" is not a role. The roles are ${ROLES.join(", ")}.`);
  return role;
}
