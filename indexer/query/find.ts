import { partitionPoint } from "../columns/partitionPoint.ts";
import type { Address } from "viem";
import type { LedgerState } from "../ledger/state.ts";
import type { Fee, Release, Asset } from "../ledger/records.ts";
import { badRequest, notFound } from "./problem.ts";

/** @throws {Problem} if there is none; so the others. */
export function assetOf(state: LedgerState, id: number): Asset {
  const asset = state.assets.get(id);
  if (!asset) throw notFound(`asset ${id}`, "`/assets` lists them; an asset's id is that of its first release.");
  return asset;
}

export function assetRowOf(state: LedgerState, id: number): number {
  const row = state.assets.rowOf(id);
  if (row === undefined)
    throw notFound(`asset ${id}`, "`/assets` lists them; an asset's id is that of its first release.");
  return row;
}

export function releaseOf(state: LedgerState, id: number): Release {
  const release = state.releases.get(id);
  if (!release) throw notFound(`release ${id}`, `Ids run from 1 to ${state.releases.size}.`);
  return release;
}

export function feeOf(state: LedgerState, id: string): Fee {
  const fee = state.fees.get(id);
  if (!fee) throw notFound(`fee ${id}`, "`/fees` lists them.");
  return fee;
}

export function currencyRowOf(state: LedgerState, currency: Address): number {
  const row = state.currencies.rowOf(currency);
  if (row === undefined)
    throw badRequest(`currency: ${currency} is not admitted. \`/currencies\` lists those that are.`);
  return row;
}

/** The number that a cursor is; undefined if it is none. */
export function wholeNumberOf(cursor: string): number | undefined {
  return /^\d{1,15}$/.test(cursor) ? Number(cursor) : undefined;
}

/** The last of ascending places whose value is not above one; -1 if all are. */
export const lastUpTo = (length: number, valueAt: (place: number) => number, most: number): number =>
  partitionPoint(length, (place) => valueAt(place) <= most) - 1;
