import type { Address } from "viem";
import { z } from "zod";
import { assetIncomeTimeline } from "../graph/earnings/assetIncomeTimeline.ts";
import { type Concentration as Spread, concentrationOfIncome } from "../graph/economy/concentration.ts";
import { coordinationLiquidity } from "../graph/economy/coordinationLiquidity.ts";
import { counterfactual } from "../graph/lineage/counterfactual.ts";
import type { EarnedIncome } from "../graph/earnings/incomes.ts";
import { topAccounts, topAssets, topOrganizations, topPayers, topReleases } from "../graph/economy/leaderboards.ts";
import { movedEdges } from "../graph/fees/movedEdges.ts";
import { trappedValue } from "../graph/economy/trappedValue.ts";
import type { LedgerState } from "../ledger/state.ts";
import { assetRowOf, currencyRowOf, releaseOf } from "./find.ts";
import { address, idOf, period, periodOf, wholeNumber } from "./parameters.ts";
import { nameOf, showAmount, showOrganization } from "./present.ts";
import { list, single } from "./question.ts";
import { rowsOf } from "./rows.ts";
import { accountId, Amount, assetId, assetName, count, Organization, ratio, releaseId } from "./shapes.ts";

const currency = address("The currency's address.");

/** The number of rows in a whole leaderboard. */
const LONGEST_BOARD = 10_000;
const board = { limit: LONGEST_BOARD };
const RANKED = `The list ends after the first ${LONGEST_BOARD}. The cursor is the rank.`;

const rank = count("The rank, from 1.");
const income = {
  income: Amount.describe("The income from the fees of the period, as if every release were settled."),
  settled: Amount.describe("The settled part of `income`. What was paid first counts as settled first."),
};
const earned = {
  income: Amount.describe(
    "The amount that the account earns from the fees of the period, without the commons' part, as if every release were settled.",
  ),
  settled: income.settled,
};
const showEarned = (state: LedgerState, row: EarnedIncome, paidIn: Address) => ({
  income: showAmount(state, row.income, paidIn),
  settled: showAmount(state, row.settled, paidIn),
});

const ASSET_INCOME =
  "Formula: income = I(end) − I(first) and settled = clamp(J − I(first), 0, income). I(n) is the asset's income from the first n fees, as if every release were settled. J is its settled income. `first` and `end` are the places in the order of payment where the period begins and ends.";

export const assetBoard = list({
  name: "assetLeaderboard",
  subject: "Economy",
  path: "/economy/{currency}/leaderboards/assets",
  summary: "Assets by income, the highest first",
  description: `${ASSET_INCOME} ${RANKED}`,
  cost: 500,
  params: { currency },
  filters: period,
  item: z
    .object({ rank, asset: assetId(), assetName, ...income })
    .meta({ id: "AssetRanked", description: "An asset and its rank by income." }),
  *rows({ state }, params, { descending }) {
    currencyRowOf(state, params.currency);
    const { rows } = yield* topAssets(state, params.currency, { period: periodOf(params), ...board });
    return ranked(rows, descending, (row) => ({
      asset: row.asset,
      assetName: nameOf(state, row.asset),
      ...showEarned(state, row, params.currency),
    }));
  },
});

export const organizationBoard = list({
  name: "organizationLeaderboard",
  subject: "Economy",
  path: "/economy/{currency}/leaderboards/organizations",
  summary: "Organizations by the income of their assets, the highest first",
  description: `${ASSET_INCOME} ${RANKED}`,
  cost: 500,
  params: { currency },
  filters: period,
  item: z
    .object({ rank, organization: Organization, ...income })
    .meta({ id: "OrganizationRanked", description: "An organization and its rank by income." }),
  *rows({ state }, params, { descending }) {
    currencyRowOf(state, params.currency);
    const { rows } = yield* topOrganizations(state, params.currency, { period: periodOf(params), ...board });
    return ranked(rows, descending, (row) => ({
      organization: showOrganization(row.organization),
      ...showEarned(state, row, params.currency),
    }));
  },
});

export const accountBoard = list({
  name: "accountLeaderboard",
  subject: "Economy",
  path: "/economy/{currency}/leaderboards/accounts",
  summary: "Accounts by what they earn, the highest first",
  description: `Without the commons' part. For all fees together the figure is exact: claimed + claimable after settling. For the fees of a period it is an approximation from the number of shares s that the account holds now: income = Σ ⌊D(I(end)) · s / 1e8⌋ − ⌊D(I(first)) · s / 1e8⌋, with D(x) = ⌊x · (1e6 − c) / 1e6⌋. I(n) is an asset's income from the first n fees, as if every release were settled. ${RANKED}`,
  cost: 500,
  params: { currency },
  filters: period,
  item: z
    .object({ rank, account: accountId(), ...earned })
    .meta({ id: "AccountRanked", description: "An account and its rank by what it earns." }),
  *rows({ state }, params, { descending }) {
    currencyRowOf(state, params.currency);
    const { rows } = yield* topAccounts(state, params.currency, { period: periodOf(params), ...board });
    return ranked(rows, descending, (row) => ({ account: row.account, ...showEarned(state, row, params.currency) }));
  },
});

export const payerBoard = list({
  name: "payerLeaderboard",
  subject: "Economy",
  path: "/economy/{currency}/leaderboards/payers",
  summary: "Accounts by the fees that they paid, the highest sum first",
  description: `Formula: the sum of the fees that name the account as payer. A caller that pays with tokens of somebody else can name any account as payer. ${RANKED}`,
  cost: 500,
  params: { currency },
  filters: period,
  item: z
    .object({
      rank,
      account: accountId(),
      paid: Amount.describe("The sum of these fees."),
      fees: count("The number of these fees."),
    })
    .meta({ id: "PayerRanked", description: "An account and its rank by the fees that it paid." }),
  *rows({ state }, params, { descending }) {
    currencyRowOf(state, params.currency);
    const { rows } = yield* topPayers(state, params.currency, { period: periodOf(params), ...board });
    return ranked(rows, descending, (row) => ({ ...row, paid: showAmount(state, row.paid, params.currency) }));
  },
});

export const releaseBoard = list({
  name: "releaseLeaderboard",
  subject: "Economy",
  path: "/economy/{currency}/leaderboards/releases",
  summary: "Releases by what they receive, the highest first",
  description: `Formula: received = R(end) − R(first). R(n) is all that the first n fees bring the release, as if every release were settled. ${RANKED}`,
  cost: 500,
  params: { currency },
  filters: period,
  item: z
    .object({
      rank,
      release: releaseId(),
      assetName,
      received: Amount.describe("Received from the fees of the period: paid in, and passed on by later releases."),
      direct: Amount.describe("The part of `received` that was paid into the release itself."),
    })
    .meta({ id: "ReleaseRanked", description: "A release and its rank by what it receives." }),
  *rows({ state }, params, { descending }) {
    currencyRowOf(state, params.currency);
    const { rows } = yield* topReleases(state, params.currency, { period: periodOf(params), ...board });
    return ranked(rows, descending, (row) => ({
      release: row.release,
      assetName: nameOf(state, state.releases.asset.get(row.release - 1)),
      received: showAmount(state, row.received, params.currency),
      direct: showAmount(state, row.direct, params.currency),
    }));
  },
});

function ranked<T, R>(rows: readonly T[], descending: boolean, show: (row: T) => R) {
  const numbered = rows.map((row, place) => ({ row, place: place + 1 }));
  return rowsOf(
    numbered,
    ({ place }) => String(place),
    ({ row, place }) => ({ rank: place, ...show(row) }),
    { descending },
  );
}

const Concentration = z
  .object({
    earners: count("The number of earners with any income."),
    density: ratio(
      "Participation density: as many equal earners would be just as diverse. Formula: exp(−Σ p · ln p), with p the part of all income that one earner has.",
    ),
    hhi: ratio("Herfindahl–Hirschman index: Σ p², from 0 to 1. It is 1 if one earner has all income."),
    nakamoto: count(
      "Nakamoto coefficient: the smallest number of earners that together have more than half of all income.",
    ),
  })
  .meta({
    id: "Concentration",
    description: "The distribution of income over earners. One person may have many accounts and use any name.",
  });
const showConcentration = ({ earners, density, hhi, nakamoto }: Spread) => ({ earners, density, hhi, nakamoto });

export const economy = single({
  name: "economyHealth",
  subject: "Economy",
  path: "/economy/{currency}/health",
  summary: "The health of the economy: concentration, liquidity, trapped value, contributions that moved money",
  description:
    "Concentration: participation density = exp(−Σ p · ln p), HHI = Σ p², Nakamoto coefficient = the smallest number of earners with more than half. p is the part of all income that one earner has, as if every release were settled.\n\nCoordination liquidity = Σ clamp(C(tᵢ + T) − P(i), 0, P(i + 1) − P(i)) / Σ (P(i + 1) − P(i)), over the fees i that were paid at least T ago. P(i) is the shareholders' part of the first i fees and C(t) all that was claimed until the time t; what was paid first counts as claimed first.\n\nTrapped value: paid = claimed + swept + unsettled + unclaimed + unswept + fractions, to the base unit.\n\nMoved edges: the contributions (r, p, w) with ⌊S(r) · w⌋ > 0, divided by all contributions. S(r) is what the release r has settled.",
  cost: 5_000,
  params: {
    currency,
    within: wholeNumber(1, 10_000_000_000)
      .default(604_800)
      .describe("T: the longest time from the payment to the claim, in seconds. Default: 604,800 (a week)."),
  },
  answer: z
    .object({
      accounts: Concentration.describe("The concentration of income over accounts."),
      organizations: Concentration.describe("The concentration of income over organizations."),
      liquidity: z
        .object({
          within: z.int().describe("T, in seconds."),
          paid: Amount.describe("The shareholders' part of the fees that were paid at least T ago."),
          claimed: Amount.describe("The part of `paid` that was claimed within T."),
          share: ratio("claimed / paid, from 0 to 1; null if no fee is that old.").nullable(),
        })
        .meta({
          id: "Liquidity",
          description:
            "Coordination liquidity. Of the shareholders' part of the fees that were paid at least T ago: the part that was claimed within T of payment.",
        }),
      trapped: z
        .object({
          paid: Amount.describe("The sum of all fees."),
          claimed: Amount.describe("Claimed by shareholders, to a wallet or to credit."),
          swept: Amount.describe("Swept: the commons' part that was added to its beneficiary's credit."),
          unsettled: Amount.describe("Received by releases and not settled yet."),
          unclaimed: Amount.describe("Claimable by shareholders and not claimed yet."),
          unswept: Amount.describe("The commons' part of settled income that is not swept yet."),
          fractionsOfReleases: Amount.describe(
            "Settled by releases but passed to nobody yet: fractions of less than one base unit for each contribution.",
          ),
          fractionsOfAssets: Amount.describe(
            "Fractions of a base unit of income that belong to neither the commons nor the shareholders yet.",
          ),
          fractionsOfHoldings: Amount.describe(
            "Fractions of a base unit of the shareholders' income that no single holder can claim yet.",
          ),
          credit: Amount.describe(
            "Money in credit that was not withdrawn, whatever its origin. It is not part of the sum.",
          ),
        })
        .meta({ id: "TrappedValue", description: "The sum of all fees, by where it is now." }),
      movedEdges: z
        .object({
          edges: count("The number of all contributions."),
          moved: count("The number of contributions that have passed on at least one base unit, in this currency."),
          share: ratio("moved / edges, from 0 to 1; null if there are no contributions.").nullable(),
        })
        .meta({
          id: "MovedEdges",
          description: "Contributions that have passed on at least one base unit, of all contributions.",
        }),
    })
    .meta({ id: "EconomyHealth", description: "The health of the economy, in one currency." }),
  *run({ state, block }, params) {
    currencyRowOf(state, params.currency);
    const amount = (base: bigint) => showAmount(state, base, params.currency);
    const spread = yield* concentrationOfIncome(state, params.currency);
    const liquidity = yield* coordinationLiquidity(state, params.currency, {
      within: params.within,
      now: block.timestamp,
    });
    const trapped = yield* trappedValue(state, params.currency, { limit: 1 });
    const edges = yield* movedEdges(state, params.currency);
    return {
      accounts: showConcentration(spread.accounts),
      organizations: showConcentration(spread.organizations),
      liquidity: {
        within: params.within,
        paid: amount(liquidity.paid),
        claimed: amount(liquidity.claimed),
        share: liquidity.share ?? null,
      },
      trapped: {
        paid: amount(trapped.paid),
        claimed: amount(trapped.claimed),
        swept: amount(trapped.swept),
        unsettled: amount(trapped.unsettled),
        unclaimed: amount(trapped.unclaimed),
        unswept: amount(trapped.unswept),
        fractionsOfReleases: amount(trapped.fractions.releases),
        fractionsOfAssets: amount(trapped.fractions.assets),
        fractionsOfHoldings: amount(trapped.fractions.holdings),
        credit: amount(trapped.credit),
      },
      movedEdges: { edges: edges.edges, moved: edges.moved, share: edges.share ?? null },
    };
  },
});

export const trappedReleases = list({
  name: "trappedReleases",
  subject: "Economy",
  path: "/economy/{currency}/trapped",
  summary: "Releases by unsettled money (one part of the trapped value), the highest first",
  description: `Formula: received − settled. ${RANKED}`,
  cost: 1_000,
  params: { currency },
  filters: {},
  item: z
    .object({ rank, release: releaseId(), unsettled: Amount.describe("Received and not settled yet.") })
    .meta({ id: "TrappedRelease", description: "A release and the money that waits in it to be settled." }),
  *rows({ state }, params, { descending }) {
    currencyRowOf(state, params.currency);
    const { releases } = yield* trappedValue(state, params.currency, board);
    return ranked(releases.rows, descending, (row) => ({
      release: row.release,
      unsettled: showAmount(state, row.unsettled, params.currency),
    }));
  },
});

const release = idOf("a release");

export const counterfactualIncomes = list({
  name: "counterfactual",
  subject: "Economy",
  path: "/releases/{release}/counterfactual/{currency}",
  summary: "The incomes that assets would have without a release",
  description:
    "Supposes that the release X had not existed, and that each release which names X had kept X's weight for itself. This is exact accounting, to the base unit, and no prediction: without X, people might have built or paid something else. Formula, with R what a release receives as if every release were settled: X receives and keeps nothing, and the fees into X are not paid. A release that names X with weight w keeps ⌊R · (own weight + w)⌋. An ancestor of X receives R′ = direct + Σ ⌊R′ · w⌋ over the releases that name it, without X. All others stay the same. Lists the assets whose income would change, the largest change first.",
  cost: 500,
  params: { release, currency },
  filters: period,
  item: z
    .object({
      asset: assetId(),
      assetName,
      income: Amount.describe("The income from the fees of the period, as if every release were settled."),
      without: Amount.describe("The income that the asset would have had without the release."),
      difference: Amount.describe("without − income. Can be negative."),
    })
    .meta({ id: "IncomeChange", description: "An asset's income with the release and without it." }),
  *rows({ state }, params, { descending }) {
    releaseOf(state, params.release);
    currencyRowOf(state, params.currency);
    const { assets } = yield* counterfactual(state, params.release, params.currency, periodOf(params));
    const amount = (base: bigint) => showAmount(state, base, params.currency);
    return rowsOf(
      assets,
      ({ asset }) => String(asset),
      (change) => ({
        asset: change.asset,
        assetName: nameOf(state, change.asset),
        income: amount(change.income),
        without: amount(change.without),
        difference: amount(change.difference),
      }),
      { descending },
    );
  },
});

export const timeline = list({
  name: "assetIncomeTimeline",
  subject: "Economy",
  path: "/assets/{asset}/income/{currency}",
  summary: "An asset's income over time",
  description:
    "Each bucket shows what the fees that were paid in it bring the asset, as if every release were settled: the sum of their traces. The time of payment counts, not the time of settling. Empty buckets are left out.",
  cost: 500,
  params: {
    asset: idOf("an asset"),
    currency,
    bucket: wholeNumber(60, 1_000_000_000)
      .default(86_400)
      .describe("The length of a bucket in seconds. Default: 86,400 (a day)."),
  },
  filters: period,
  item: z
    .object({
      from: z.int().describe("The time at which the bucket begins, in seconds since 1970."),
      income: Amount.describe("The asset's income from the fees of the bucket, commons included."),
      shareholders: Amount.describe("The shareholders' part of `income`."),
    })
    .meta({ id: "IncomeBucket", description: "An asset's income from the fees of one bucket of time." }),
  *rows({ state }, params, { descending }) {
    assetRowOf(state, params.asset);
    currencyRowOf(state, params.currency);
    const buckets = yield* assetIncomeTimeline(state, params.asset, params.currency, params.bucket, periodOf(params));
    return rowsOf(
      buckets,
      ({ from }) => String(from),
      (bucket) => ({
        from: bucket.from,
        income: showAmount(state, bucket.income, params.currency),
        shareholders: showAmount(state, bucket.shareholders, params.currency),
      }),
      { descending },
    );
  },
});
