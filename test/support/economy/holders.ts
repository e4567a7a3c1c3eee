import type { Address } from "viem";
import { assetsOfHolder } from "../../../indexer/graph/earnings/assetsOfHolder.ts";
import { type LedgerState, sharesOf } from "../../../indexer/ledger/state.ts";
import { finish } from "../../../indexer/scheduling/walk.ts";

/** Returns all assets that an account ever held shares of, ascending. */
export const assetsEverHeld = (state: LedgerState, account: Address): number[] =>
  finish(assetsOfHolder(state, account));

/** Returns the assets that an account holds shares of, ascending, with the number of shares. */
export const sharesHeld = (state: LedgerState, account: Address): [asset: number, shares: bigint][] =>
  assetsEverHeld(state, account)
    .map((asset): [number, bigint] => [asset, sharesOf(state, account, asset)])
    .filter(([, shares]) => shares > 0n);

/** Returns the holders of an asset's shares with their numbers of shares, the largest first. */
export function shareholdersOf(state: LedgerState, asset: number): { account: Address; shares: bigint }[] {
  const row = state.assets.rowOf(asset);
  if (row === undefined) return [];
  const { holdings, accounts } = state;
  return Array.from(holdings.ofAsset(row), (holding) => ({
    account: accounts.address(holdings.account.get(holding)),
    shares: BigInt(holdings.shares.get(holding)),
  }))
    .filter(({ shares }) => shares > 0n)
    .sort((a, b) => Number(b.shares - a.shares) || (a.account < b.account ? -1 : 1));
}

/** Returns every account that ever held shares, with the assets. */
export function* everHeld(state: LedgerState): Generator<[account: Address, assets: number[]]> {
  for (const account of state.accounts.addresses.values) {
    const assets = assetsEverHeld(state, account);
    if (assets.length > 0) yield [account, assets];
  }
}
