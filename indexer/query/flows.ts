import { z } from "zod";
import { feeFlows } from "../graph/fees/feeFlows.ts";
import { organizationFlows } from "../graph/economy/organizationFlows.ts";
import { currencyRowOf } from "./find.ts";
import { address, LARGEST_PAGE, period, periodOf, wholeNumber } from "./parameters.ts";
import { nameOf, showAmount, showOrganization } from "./present.ts";
import { single } from "./question.ts";
import { accountId, Amount, assetId, assetName, count, Organization, releaseId } from "./shapes.ts";

const currency = address("A currency.");

export const betweenOrganizations = single({
  name: "organizationFlows",
  subject: "Economy",
  path: "/economy/{currency}/flows",
  summary: "Money between organizations",
  description:
    "Of these fees, by the organization whose release was paid (A) and the one whose assets earn (B). Formula: flow(A → B) = Σ over fees into releases of A, Σ over assets b of B: what b keeps of the fee, fully settled, commons included. paid = Σ flows + rest + pending.",
  cost: 1_000,
  params: {
    currency,
    ...period,
    most: wholeNumber(1, LARGEST_PAGE)
      .default(100)
      .describe(`How many pairs at most, 1 to ${LARGEST_PAGE}. Default: 100.`),
  },
  answer: z
    .object({
      flows: z
        .array(
          z
            .object({
              from: Organization.describe("Whose release was paid."),
              to: Organization.describe("Whose assets earn of it."),
              amount: Amount,
            })
            .meta({ id: "OrganizationFlow", description: "Money from one organization to another." }),
        )
        .describe("The largest first."),
      restPairs: count("How many other pairs there are."),
      rest: Amount.describe("All the others together."),
      pending: Amount.describe("What these fees added to fractions below a unit. May be negative."),
      paid: Amount.describe("All of these fees."),
    })
    .meta({ id: "OrganizationFlows", description: "Money between organizations." }),
  *run({ state }, params) {
    currencyRowOf(state, params.currency);
    const amount = (base: bigint) => showAmount(state, base, params.currency);
    const found = yield* organizationFlows(state, params.currency, { period: periodOf(params), limit: params.most });
    return {
      flows: found.flows.map((flow) => ({
        from: showOrganization(flow.from),
        to: showOrganization(flow.to),
        amount: amount(flow.amount),
      })),
      restPairs: found.rest.pairs,
      rest: amount(found.rest.amount),
      pending: amount(found.pending),
      paid: amount(found.paid),
    };
  },
});

/** More of a column cannot be told apart in a picture. */
const LARGEST_COLUMN = 50;
const OTHERS = "Null: all that are not named, together.";
const payer = accountId(`Who paid. ${OTHERS}`).nullable();
const release = releaseId(`The release that was paid. ${OTHERS}`).nullable();
const releaseName = assetName.describe("The name of the release's asset.");
const asset = assetId(`An asset that keeps something of it. ${OTHERS}`).nullable();
const account = accountId(`Who shares in the asset now. ${OTHERS}`).nullable();

export const fromPayersToEarners = single({
  name: "feeFlows",
  subject: "Economy",
  path: "/economy/{currency}/flows/fees",
  summary: "Fees of a period, from who paid to who earns",
  description:
    "In four columns: payers, the releases that they paid, the assets that keep something of it, and the accounts that share in these; of each column those through which the most goes are named. What is paid and kept is exact, the sum of the traces of these fees. What accounts earn is a proxy, by the shares s that are held now: with D(x) = ⌊x · (1e6 − c) / 1e6⌋ and I(n) an asset's income of the first n fees, fully settled, it is ⌊D(I(end)) · s / 1e8⌋ − ⌊D(I(first)) · s / 1e8⌋. paid = Σ fees = Σ kept + pending; Σ kept = Σ earned + Σ commons + fractions.",
  cost: 1_500,
  params: {
    currency,
    ...period,
    most: wholeNumber(1, LARGEST_COLUMN)
      .default(12)
      .describe(`How many of each column to name, 1 to ${LARGEST_COLUMN}. Default: 12.`),
  },
  answer: z
    .object({
      fees: z
        .array(
          z
            .object({ payer, release, releaseName, amount: Amount })
            .meta({ id: "PayerToRelease", description: "Fees from one payer into one release." }),
        )
        .describe("The largest first."),
      kept: z
        .array(
          z.object({ release, releaseName, asset, assetName, amount: Amount }).meta({
            id: "ReleaseToAsset",
            description: "What an asset keeps of the fees into a release, commons included.",
          }),
        )
        .describe("The largest first."),
      earned: z
        .array(
          z
            .object({ asset, assetName, account, amount: Amount })
            .meta({ id: "AssetToAccount", description: "What an account earns of what an asset keeps." }),
        )
        .describe("The largest first."),
      commons: z
        .array(
          z
            .object({ asset, assetName, amount: Amount })
            .meta({ id: "AssetToCommons", description: "The commons' part of what an asset keeps." }),
        )
        .describe("The largest first."),
      fractions: Amount.describe(
        "Of what assets keep what is neither the commons' nor any single holder's. May be negative.",
      ),
      pending: Amount.describe("What these fees added to fractions below a unit. May be negative."),
      paid: Amount.describe("All of these fees."),
    })
    .meta({ id: "FeeFlows", description: "Fees of a period, from who paid to who earns." }),
  *run({ state }, params) {
    currencyRowOf(state, params.currency);
    const money = (base: bigint) => showAmount(state, base, params.currency);
    const nameOfAsset = (id: number | undefined) => (id === undefined ? null : nameOf(state, id));
    const nameOfRelease = (id: number | undefined) =>
      id === undefined ? null : nameOf(state, state.releases.asset.get(id - 1));
    const found = yield* feeFlows(state, params.currency, { period: periodOf(params), most: params.most });
    return {
      fees: found.fees.map(({ from, to, amount }) => ({
        payer: from ?? null,
        release: to ?? null,
        releaseName: nameOfRelease(to),
        amount: money(amount),
      })),
      kept: found.kept.map(({ from, to, amount }) => ({
        release: from ?? null,
        releaseName: nameOfRelease(from),
        asset: to ?? null,
        assetName: nameOfAsset(to),
        amount: money(amount),
      })),
      earned: found.earned.map(({ from, to, amount }) => ({
        asset: from ?? null,
        assetName: nameOfAsset(from),
        account: to ?? null,
        amount: money(amount),
      })),
      commons: found.commons.map(({ from, amount }) => ({
        asset: from ?? null,
        assetName: nameOfAsset(from),
        amount: money(amount),
      })),
      fractions: money(found.fractions),
      pending: money(found.pending),
      paid: money(found.paid),
    };
  },
});
