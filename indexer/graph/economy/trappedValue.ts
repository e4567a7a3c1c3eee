import type { Address } from "viem";
import { claimableOfHolding } from "../settled/projectedBooks.ts";
import { portionDown } from "#protocol/split.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import type { LedgerState } from "../../ledger/state.ts";
import { type PageParameters, type RankedPage, Ranking } from "./ranking.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

/** The sum of all fees, split by where the money is now. In base units. */
export interface TrappedValue {
  /** Σ all fees. */
  paid: bigint;
  /** Paid out: claimed by shareholders (to a wallet or to credit), and swept for the commons. */
  claimed: bigint;
  swept: bigint;
  /** Received by releases and not settled yet: Σ received − settled. */
  unsettled: bigint;
  /** Claimable and not claimed yet: Σ, over all holdings, of what a claim would pay now. */
  unclaimed: bigint;
  /** The commons' part of income that is not swept yet: Σ ⌊I · c⌋ − swept. */
  unswept: bigint;
  /** Fractions of a base unit that nobody can claim yet. */
  fractions: {
    /** Settled but passed to nobody yet: Σ over releases S − ⌊S · own weight⌋ − Σ ⌊S · w⌋. */
    releases: bigint;
    /**
     * Income that belongs to neither the commons nor the shareholders yet: Σ over assets I − ⌊I · c⌋ − ⌊I · (1e6 − c)⌋.
     */
    assets: bigint;
    /**
     * Shareholders' income that no single holder can claim yet: Σ over assets ⌊I · (1e6 − c)⌋ − claimed − claimable.
     */
    holdings: bigint;
  };
  /** Money in credit that was not withdrawn, whatever its origin. It is not trapped, and not part of the sum. */
  credit: bigint;
  /** The releases with the highest unsettled amounts. */
  releases: RankedPage<{ release: number; unsettled: bigint }>;
}

/**
 * Computes where all paid money is now, and by cause what has reached nobody yet. Exact, to the base unit:
 *
 * ```
 * paid = claimed + swept + unsettled + unclaimed + unswept + fractions.releases + fractions.assets + fractions.holdings
 * ```
 */
export function* trappedValue(state: LedgerState, currency: Address, page: PageParameters = {}): Walk<TrappedValue> {
  const { releases, assets, holdings, accounts, commonsPpm } = state;
  const books = state.booksOf(currency);
  const ranking = new Ranking<{ release: number; unsettled: bigint }>(page);
  const value: TrappedValue = {
    paid: 0n,
    claimed: 0n,
    swept: 0n,
    unsettled: 0n,
    unclaimed: 0n,
    unswept: 0n,
    fractions: { releases: 0n, assets: 0n, holdings: 0n },
    credit: 0n,
    releases: ranking.page(),
  };
  if (!books) return value;
  const { fractions } = value;
  for (let row = 0; row < books.received.length; row++) {
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const settled = books.settled.get(row);
    const unsettled = books.received.get(row) - settled;
    value.paid += books.direct.get(row);
    value.unsettled += unsettled;
    ranking.add({ release: row + 1, unsettled }, unsettled);
    if (settled === 0n) continue;
    fractions.releases += settled - portionDown(settled, releases.ownWeightPpm.get(row));
    for (const edge of releases.edgeRowsOf(row + 1)) {
      fractions.releases -= portionDown(settled, releases.edgeWeightPpm.get(edge));
    }
  }
  for (let row = 0; row < assets.size; row++) {
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const [income, swept] = [books.income.get(row), books.commonsSwept.get(row)];
    const [commons, shareholders] = [portionDown(income, commonsPpm), portionDown(income, WHOLE_PPM - commonsPpm)];
    value.swept += swept;
    value.unswept += commons - swept;
    fractions.assets += income - commons - shareholders;
    fractions.holdings += shareholders;
  }
  for (let holding = 0; holding < holdings.length; holding++) {
    if (holding % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const claimed = books.claimed.get(holding);
    const claimable = claimableOfHolding(state, holding, currency, books.income.get(holdings.asset.get(holding)));
    value.claimed += claimed;
    value.unclaimed += claimable;
    fractions.holdings -= claimed + claimable;
  }
  for (let row = 0; row < accounts.length; row++) {
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    value.credit += books.credit.get(row);
  }
  return { ...value, releases: ranking.page() };
}
