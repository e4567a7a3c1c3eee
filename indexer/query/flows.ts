import { z } from "zod";
import { feeFlows } from "../graph/fees/feeFlows.ts";
import { organizationFlows } from "../graph/economy/organizationFlows.ts";
import { currencyRowOf } from "./find.ts";
import { address, LARGEST_PAGE, period, periodOf, wholeNumber } from "./parameters.ts";
import { nameOf, showAmount, showOrganization } from "./present.ts";
import { single } from "./question.ts";
import { accountId, Amount, assetId, assetName, count, Organization, releaseId } from "./shapes.ts";

const currency = address("The currency's address.");

export const organizationFlowsOf = single({
  name: "organizationFlows",
  subject: "Economy",
  path: "/economy/{currency}/flows",
  summary: "The flow of money between organizations",
  description:
    "Pairs of the organization A whose releases were paid and the organization B whose assets earn from that. Formula: flow(A → B) = Σ over the period's fees into releases of A, Σ over the assets b of B, of what b keeps of the fee, commons included, as if every release were settled. paid = Σ flows + rest + pending.",
  cost: 1_000,
  params: {
    currency,
    ...period,
    most: wholeNumber(1, LARGEST_PAGE)
      .default(100)
      .describe(`The largest number of pairs to return, 1 to ${LARGEST_PAGE}. Default: 100.`),
  },
  answer: z
    .object({
      flows: z
        .array(
          z
            .object({
              from: Organization.describe("The organization whose release was paid."),
              to: Organization.describe("The organization whose assets earn from it."),
              amount: Amount,
            })
            .meta({ id: "OrganizationFlow", description: "The money that flows from one organization to another." }),
        )
        .describe("The pairs with the largest amounts, the largest first."),
      restPairs: count("The number of pairs that are not in `flows`."),
      rest: Amount.describe("The sum of the pairs that are not in `flows`."),
      pending: Amount.describe(
        "The part of the fees that nobody gets yet: what they add to fractions of a base unit. Can be negative.",
      ),
      paid: Amount.describe("The sum of the period's fees."),
    })
    .meta({ id: "OrganizationFlows", description: "The flow of money between organizations." }),
  *run({ state }, params) {
    currencyRowOf(state, params.currency);
    const amount = (base: bigint) => showAmount(state, base, params.currency);
    const answer = yield* organizationFlows(state, params.currency, { period: periodOf(params), limit: params.most });
    return {
      flows: answer.flows.map((flow) => ({
        from: showOrganization(flow.from),
        to: showOrganization(flow.to),
        amount: amount(flow.amount),
      })),
      restPairs: answer.rest.pairs,
      rest: amount(answer.rest.amount),
      pending: amount(answer.pending),
      paid: amount(answer.paid),
    };
  },
});

/** A diagram with more members in a column cannot be read. */
const LARGEST_COLUMN = 50;
const OTHERS = "Null stands for all others together.";
const payer = accountId(`The payer, by its address. ${OTHERS}`).nullable();
const release = releaseId(`The release that was paid, by its id. ${OTHERS}`).nullable();
const releaseName = assetName.describe("The name of the release's asset.");
const asset = assetId(`An asset that keeps a part, by its id. ${OTHERS}`).nullable();
const account = accountId(`An account that holds shares of the asset now, by its address. ${OTHERS}`).nullable();

export const feeFlowsOf = single({
  name: "feeFlows",
  subject: "Economy",
  path: "/economy/{currency}/flows/fees",
  summary: "The flow of a period's fees from payers to earners",
  description:
    "Four columns: payers, the releases that they paid, the assets that keep a part, and the accounts that hold shares of these assets. Each column names the members through which the most money flows. `fees` and `kept` are exact: the sums of the traces of these fees. `earned` is an approximation from the number of shares s that each account holds now: ⌊D(I(end)) · s / 1e8⌋ − ⌊D(I(first)) · s / 1e8⌋, with D(x) = ⌊x · (1e6 − c) / 1e6⌋. I(n) is an asset's income from the first n fees, as if every release were settled. paid = Σ fees = Σ kept + pending. Σ kept = Σ earned + Σ commons + fractions.",
  cost: 1_500,
  params: {
    currency,
    ...period,
    most: wholeNumber(1, LARGEST_COLUMN)
      .default(12)
      .describe(`The largest number of members to name in each column, 1 to ${LARGEST_COLUMN}. Default: 12.`),
  },
  answer: z
    .object({
      fees: z
        .array(
          z
            .object({ payer, release, releaseName, amount: Amount })
            .meta({ id: "PayerToRelease", description: "The fees from one payer into one release." }),
        )
        .describe("One entry for each payer and release, the largest first."),
      kept: z
        .array(
          z.object({ release, releaseName, asset, assetName, amount: Amount }).meta({
            id: "ReleaseToAsset",
            description: "The part of the fees into one release that one asset keeps, commons included.",
          }),
        )
        .describe("One entry for each paid release and asset, the largest first."),
      earned: z
        .array(
          z
            .object({ asset, assetName, account, amount: Amount })
            .meta({ id: "AssetToAccount", description: "The part of an asset's income that one account earns." }),
        )
        .describe("One entry for each asset and account, the largest first."),
      commons: z
        .array(
          z
            .object({ asset, assetName, amount: Amount })
            .meta({ id: "AssetToCommons", description: "The commons' part of an asset's income." }),
        )
        .describe("One entry for each asset, the largest first."),
      fractions: Amount.describe(
        "The part that assets keep and that belongs to neither the commons nor a single holder yet: fractions of a base unit. Can be negative.",
      ),
      pending: Amount.describe(
        "The part of the fees that nobody gets yet: what they add to fractions of a base unit. Can be negative.",
      ),
      paid: Amount.describe("The sum of the period's fees."),
    })
    .meta({ id: "FeeFlows", description: "The flow of a period's fees from payers to earners." }),
  *run({ state }, params) {
    currencyRowOf(state, params.currency);
    const money = (base: bigint) => showAmount(state, base, params.currency);
    const nameOfAsset = (id: number | undefined) => (id === undefined ? null : nameOf(state, id));
    const nameOfRelease = (id: number | undefined) =>
      id === undefined ? null : nameOf(state, state.releases.asset.get(id - 1));
    const answer = yield* feeFlows(state, params.currency, { period: periodOf(params), most: params.most });
    return {
      fees: answer.fees.map(({ from, to, amount }) => ({
        payer: from ?? null,
        release: to ?? null,
        releaseName: nameOfRelease(to),
        amount: money(amount),
      })),
      kept: answer.kept.map(({ from, to, amount }) => ({
        release: from ?? null,
        releaseName: nameOfRelease(from),
        asset: to ?? null,
        assetName: nameOfAsset(to),
        amount: money(amount),
      })),
      earned: answer.earned.map(({ from, to, amount }) => ({
        asset: from ?? null,
        assetName: nameOfAsset(from),
        account: to ?? null,
        amount: money(amount),
      })),
      commons: answer.commons.map(({ from, amount }) => ({
        asset: from ?? null,
        assetName: nameOfAsset(from),
        amount: money(amount),
      })),
      fractions: money(answer.fractions),
      pending: money(answer.pending),
      paid: money(answer.paid),
    };
  },
});
