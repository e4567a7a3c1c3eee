import type { LedgerState } from "../../ledger/state.ts";

/**
 * Returns true if an account got its shares of an asset unasked, as far as events tell: it did not register the asset,
 * never called a transfer of its shares itself, and never claimed for it itself. A proxy: contributors who have not
 * collected yet, and buyers whose purchase somebody else called, look the same.
 */
export function isGift(state: LedgerState, holding: number): boolean {
  const { holdings, assets, accounts } = state;
  if (holdings.acted.get(holding) === 1) return false;
  return assets.registrant.get(holdings.asset.get(holding)) !== accounts.address(holdings.account.get(holding));
}
