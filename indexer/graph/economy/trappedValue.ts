import type { Address } from "viem";
import { claimableOfHolding } from "../settled/projectedBooks.ts";
import { portionDown } from "#protocol/split.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import type { LedgerState } from "../../ledger/state.ts";
import { type PageParameters, type RankedPage, Ranking } from "./ranking.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

/** The whereabouts of everything that was ever paid, in base units. */
export interface TrappedValue {
  /** Σ all fees. */
  paid: bigint;
  /** Paid out: claimed by shareholders, to a wallet or as credit, and swept for the commons. */
  claimed: bigint;
  swept: bigint;
  /** Received by releases, but not settled: Σ received − settled. */
  unsettled: bigint;
  /** Settled, but not claimed: Σ over holdings of what a claim would pay now. */
  unclaimed: bigint;
  /** The commons' part of income that is not swept: Σ ⌊I · c⌋ − swept. */
  unswept: bigint;
  /** Claimable by no one now: less than a unit for anyone who has a part in it. */
  fractions: {
    /** Settled, but passed to no one: Σ over releases S − ⌊S · own weight⌋ − Σ ⌊S · w⌋. */
    releases: bigint;
    /** Income that is neither the commons' nor the shareholders': Σ over assets I − ⌊I · c⌋ − ⌊I · (1e6 − c)⌋. */
    assets: bigint;
    /** Shareholders' income that is no single holder's yet: Σ over assets ⌊I · (1e6 − c)⌋ − claimed − claimable. */
    holdings: bigint;
  };
  /** Credit that was not withdrawn, wherever it came from. Parked, not trapped; no part of the identity. */
  credit: bigint;
  /** The releases in which the most is unsettled. */
  releases: RankedPage<{ release: number; unsettled: bigint }>;
}

/**
 * Accounts for what was paid and reached nobody yet, by cause, now and exactly. To the unit:
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
