import { partitionPoint } from "../columns/partitionPoint.ts";
import type { Address } from "viem";
import type { LedgerState } from "../ledger/state.ts";
import type { Fee, Release, Asset } from "../ledger/records.ts";
import { Problem } from "./problem.ts";

/** @throws {Problem} if no asset has the id. */
export function assetOf(state: LedgerState, id: number): Asset {
  const asset = state.assets.get(id);
  if (!asset) throw unknownAsset(id);
  return asset;
}

/** @throws {Problem} if no asset has the id. */
export function assetRowOf(state: LedgerState, id: number): number {
  const row = state.assets.rowOf(id);
  if (row === undefined) throw unknownAsset(id);
  return row;
}

const unknownAsset = (id: number) =>
  new Problem(
    "unknown-asset",
    `There is no asset ${id}. \`/v1/assets\` lists them; an asset's id is that of its first release.`,
  );

/** @throws {Problem} if no release has the id. */
export function releaseOf(state: LedgerState, id: number): Release {
  const release = state.releases.get(id);
  if (!release) {
    throw new Problem("unknown-release", `There is no release ${id}. Ids run from 1 to ${state.releases.size}.`);
  }
  return release;
}

/** @throws {Problem} if no fee has the id. */
export function feeOf(state: LedgerState, id: string): Fee {
  const fee = state.fees.get(id);
  if (!fee) throw new Problem("unknown-fee", `There is no fee ${id}. \`/v1/fees\` lists them.`);
  return fee;
}

/** @throws {Problem} if the currency is not admitted. */
export function currencyRowOf(state: LedgerState, currency: Address): number {
  const row = state.currencies.rowOf(currency);
  if (row === undefined) {
    throw new Problem(
      "unknown-currency",
      `currency: ${currency} is not admitted. \`/v1/currencies\` lists those that are.`,
    );
  }
  return row;
}

/** Parses a cursor that is a number; undefined if it is not one. */
export function wholeNumberOf(cursor: string): number | undefined {
  return /^\d{1,15}$/.test(cursor) ? Number(cursor) : undefined;
}

/** Binary search: the last place whose value is at most `most`, or -1. The values must ascend. */
export const lastPlaceUpTo = (length: number, valueAt: (place: number) => number, most: number): number =>
  partitionPoint(length, (place) => valueAt(place) <= most) - 1;
