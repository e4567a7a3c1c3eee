import type { Address } from "viem";
import { z } from "zod";
import { assetIncomeTimeline } from "../graph/earnings/assetIncomeTimeline.ts";
import { type Concentration as Spread, concentrationOfIncome } from "../graph/economy/concentration.ts";
import { coordinationLiquidity } from "../graph/economy/coordinationLiquidity.ts";
import { counterfactual } from "../graph/lineage/counterfactual.ts";
import type { Earned } from "../graph/earnings/incomes.ts";
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

const currency = address("A currency.");

/** Leaderboards end here. */
const LONGEST_BOARD = 10_000;
const board = { limit: LONGEST_BOARD };
const RANKED = `The first ${LONGEST_BOARD}; the cursor is the rank.`;

const rank = count("From 1.");
const income = {
  income: Amount.describe("Of these fees, once everything is settled."),
  settled: Amount.describe("What of it is settled; what was paid first counts as settled first."),
};
const showEarned = (state: LedgerState, earned: Earned, paidIn: Address) => ({
  income: showAmount(state, earned.income, paidIn),
  settled: showAmount(state, earned.settled, paidIn),
});

const ASSET_INCOME =
  "Formula: with I(n) an asset's income of the first n fees, fully settled, and J its income now, income = I(end) − I(first), settled = clamp(J − I(first), 0, income).";

export const assetBoard = list({
  name: "assetLeaderboard",
  subject: "Economy",
  path: "/economy/{currency}/leaderboards/assets",
  summary: "Assets by income, the most first",
  description: `${ASSET_INCOME} ${RANKED}`,
  cost: 500,
  params: { currency },
  filters: period,
  item: z
    .object({ rank, asset: assetId(), assetName, ...income })
    .meta({ id: "AssetRanked", description: "An asset's place by income." }),
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
  summary: "Organizations by the income of their assets, the most first",
  description: `${ASSET_INCOME} ${RANKED}`,
  cost: 500,
  params: { currency },
  filters: period,
  item: z
    .object({ rank, organization: Organization, ...income })
    .meta({ id: "OrganizationRanked", description: "An organization's place by income." }),
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
  summary: "Accounts by what they earn, the most first",
  description: `The commons' part excluded. Of all fees it is exact: claimed + what a claim would pay. Of a period's fees it is a proxy, by the shares s that are held now: with D(x) = ⌊x · (1e6 − c) / 1e6⌋ and I(n) an asset's income of the first n fees, fully settled, income = Σ ⌊D(I(end)) · s / 1e8⌋ − ⌊D(I(first)) · s / 1e8⌋. ${RANKED}`,
  cost: 500,
  params: { currency },
  filters: period,
  item: z
    .object({ rank, account: accountId(), ...income })
    .meta({ id: "AccountRanked", description: "An account's place by what it earns." }),
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
  summary: "Accounts by the fees that they paid, the most first",
  description: `Formula: the sum of the fees that name the account as payer. Who took it from somebody else may name any. ${RANKED}`,
  cost: 500,
  params: { currency },
  filters: period,
  item: z
    .object({ rank, account: accountId(), paid: Amount, fees: count("How many.") })
    .meta({ id: "PayerRanked", description: "An account's place by the fees that it paid." }),
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
  summary: "Releases by what they receive, the most first",
  description: `Formula: R(end) − R(first), with R(n) all that the first n fees bring a release once everything is settled. ${RANKED}`,
  cost: 500,
  params: { currency },
  filters: period,
  item: z
    .object({
      rank,
      release: releaseId(),
      assetName,
      received: Amount.describe("Of these fees, whichever way it comes."),
      direct: Amount.describe("What of it was paid into the release itself."),
    })
    .meta({ id: "ReleaseRanked", description: "A release's place by what it receives." }),
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
    earners: count("How many earn anything."),
    density: ratio("Participation density: exp(−Σ p · ln p), with p the share of an earner in all income."),
    hhi: ratio("Herfindahl–Hirschman index: Σ p²."),
    nakamoto: count("Nakamoto coefficient: how few earners have more than half of all income together."),
  })
  .meta({ id: "Concentration", description: "How income is spread. One person may have many accounts and any name." });
const showConcentration = ({ earners, density, hhi, nakamoto }: Spread) => ({ earners, density, hhi, nakamoto });

export const economy = single({
  name: "economyHealth",
  subject: "Economy",
  path: "/economy/{currency}/health",
  summary: "The health of the economy: concentration, liquidity, trapped value, edges that moved money",
  description:
    "Participation density = exp(−Σ p · ln p), HHI = Σ p², Nakamoto coefficient = the fewest with more than half, with p the share of an earner in all income, fully settled. Coordination liquidity = Σ clamp(C(tᵢ + T) − P(i), 0, P(i + 1) − P(i)) / Σ (P(i + 1) − P(i)) over the fees i paid at least T ago, with P(i) the shareholders' part of the first i fees and C(t) all that was claimed until t: what was paid first counts as claimed first. Trapped value: paid = claimed + swept + unsettled + unclaimed + unswept + fractions, to the unit. Moved edges: contributions (r, p, w) with ⌊S(r) · w⌋ > 0, S what r settled, over all.",
  cost: 5_000,
  params: {
    currency,
    within: wholeNumber(1, 10_000_000_000)
      .default(604_800)
      .describe("T: seconds from the payment to the claim. Default: 604,800, a week."),
  },
  answer: z
    .object({
      accounts: Concentration.describe("Over accounts."),
      organizations: Concentration.describe("Over organizations."),
      liquidity: z
        .object({
          within: z.int().describe("T, in seconds."),
          paid: Amount.describe("The shareholders' part of the fees that were paid at least T ago."),
          claimed: Amount.describe("What of that was claimed within T."),
          share: ratio("claimed / paid; null if nothing was paid so long ago.").nullable(),
        })
        .meta({ id: "Liquidity", description: "What part of paid value reached a final claimant within T." }),
      trapped: z
        .object({
          paid: Amount.describe("All fees."),
          claimed: Amount.describe("Claimed by shareholders."),
          swept: Amount.describe("Swept for the commons."),
          unsettled: Amount.describe("Received by releases, but not settled."),
          unclaimed: Amount.describe("Settled, but not claimed."),
          unswept: Amount.describe("The commons' part that is not swept."),
          fractionsOfReleases: Amount.describe("Settled, but passed to no one, less than a unit an edge."),
          fractionsOfAssets: Amount.describe("Income that is neither the commons' nor the shareholders'."),
          fractionsOfHoldings: Amount.describe("Shareholders' income that is no single holder's yet."),
          credit: Amount.describe("Credit that was not withdrawn, wherever it came from; no part of the sum."),
        })
        .meta({ id: "TrappedValue", description: "Where all that was ever paid is." }),
      movedEdges: z
        .object({
          edges: count("All contributions that were ever recorded."),
          moved: count("Those over which money went, in this currency."),
          share: ratio("moved / edges; null without edges.").nullable(),
        })
        .meta({ id: "MovedEdges", description: "Contributions that moved money." }),
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
  summary: "The releases in which the most is unsettled",
  description: `Formula: received − settled. ${RANKED}`,
  cost: 1_000,
  params: { currency },
  filters: {},
  item: z
    .object({ rank, release: releaseId(), unsettled: Amount })
    .meta({ id: "TrappedRelease", description: "What waits in a release." }),
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

export const without = list({
  name: "counterfactual",
  subject: "Economy",
  path: "/releases/{release}/counterfactual/{currency}",
  summary: "Who would have earned what had a release not existed, its weight staying with whoever named it",
  description:
    "An accounting answer, to the unit, not a causal one: without it, people might have built or paid something else. Formula: with X the release and R what a release received, fully settled: X receives and keeps nothing, its own fees are not paid; who names X with weight w keeps ⌊R · (own weight + w)⌋; an ancestor of X receives R′ = direct + Σ ⌊R′ · w⌋ over what names it, without X; everyone else as it was. Assets whose income would be another, the largest difference first.",
  cost: 500,
  params: { release, currency },
  filters: period,
  item: z
    .object({
      asset: assetId(),
      assetName,
      income: Amount.describe("Of these fees, fully settled."),
      without: Amount.describe("What it would have been."),
      difference: Amount.describe("without − income; may be negative."),
    })
    .meta({ id: "IncomeChange", description: "An asset's income with and without a release." }),
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
    "By the time when fees were paid (not settled): what the fees of each bucket bring the asset once everything is settled, the sum of their traces. Only buckets in which there is something.",
  cost: 500,
  params: {
    asset: idOf("an asset"),
    currency,
    bucket: wholeNumber(60, 1_000_000_000)
      .default(86_400)
      .describe("Length of a bucket in seconds. Default: 86,400, a day."),
  },
  filters: period,
  item: z
    .object({
      from: z.int().describe("Where the bucket begins, in seconds since 1970."),
      income: Amount.describe("Commons included."),
      shareholders: Amount.describe("The shareholders' part of it."),
    })
    .meta({ id: "IncomeBucket", description: "An asset's income in a part of time." }),
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
