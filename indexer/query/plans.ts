import type { Address } from "viem";
import { z } from "zod";
import { claimedCreditOf, creditOf, type LedgerState } from "../ledger/state.ts";
import { peripheryFold } from "../books/periphery/fold.ts";
import { outletRouteOf, type RoutedOutlet } from "../books/periphery/outletRoute.ts";
import { claimPlanCalls } from "../graph/plans/claimPlanCalls.ts";
import { claimPlans } from "../graph/plans/claimPlans.ts";
import type { ClaimPlan, ClaimPlanOptions, LeftOut } from "../graph/plans/plan.ts";
import type { Walk } from "../scheduling/walk.ts";
import type { View } from "../live/view.ts";
import { currencyRowOf } from "./find.ts";
import { address, flag, idList, prices, wei } from "./parameters.ts";
import { INLINE, nameOf, showAmount } from "./present.ts";
import { list, single } from "./question.ts";
import { rowsOf } from "./rows.ts";
import { accountId, Amount, assetId, assetName, count, releaseId } from "./shapes.ts";

const account = address("The account's address, in upper or lower case.");
const currency = address("The currency's address.");

const choices = {
  assets: idList("Plan only for these assets, by their ids, such as `1,2`. Default: all.").optional(),
  all: flag
    .describe("True to leave nothing out that brings the account a base unit, whatever it costs. Default: false.")
    .optional(),
  credit: flag
    .describe("True to withdraw prepaid credit, too: what the account deposited, for example. Default: false.")
    .optional(),
  gasPriceWei: wei(
    "The price of one unit of gas, in wei. With it, and for a currency with a price, the claim plan leaves out what costs more than it brings.",
  ).optional(),
  prices: prices(
    "The price of a whole unit of each currency, in wei of native money, such as `0x…:400000000000000`. Separate several by commas. The token that wraps native money needs none.",
  ).optional(),
  dataPriceWei: wei(
    "The cost of one byte of a transaction's data beside the gas, in wei: on a rollup, the L1 data fee of a typical transaction, divided by its bytes. Default: 0.",
  ).optional(),
  transactionFeeWei: wei(
    "The cost of each transaction beside gas and data, in wei, such as the constant of an operator fee. Default: 0.",
  ).optional(),
};

/** The choices of the lists, which have one plan only. */
const listChoices = {
  ...choices,
  outlet: flag
    .describe("True for the plan through the account's outlet. Default: false, the account's own plan.")
    .optional(),
};

type Choices = z.output<z.ZodObject<typeof choices>>;

const optionsOf = (chosen: Choices): ClaimPlanOptions => ({
  ...(chosen.assets && { assets: new Set(chosen.assets) }),
  ...(chosen.all !== undefined && { all: chosen.all }),
  ...(chosen.credit !== undefined && { credit: chosen.credit }),
  ...(chosen.prices && { prices: chosen.prices }),
  ...(chosen.gasPriceWei !== undefined && {
    costs: {
      gasPrice: chosen.gasPriceWei,
      byte: chosen.dataPriceWei ?? 0n,
      transaction: chosen.transactionFeeWei ?? 0n,
    },
  }),
});

const GIFT =
  "True if the account got its shares unasked, as far as events tell: somebody else registered the asset or sent the shares, and the account never transferred or claimed for them itself. A proxy: contributors who have not collected yet look the same. Treat names and links of gifts with suspicion.";

const LeftOutItem = z
  .object({
    asset: assetId(),
    assetName,
    release: z
      .int()
      .nullable()
      .describe("The release that is not settled, by its id; null if the whole asset is left out."),
    amount: Amount.describe(
      "The amount that it would bring the account: for an asset, all that could be claimed after settling; for a release, what the money that waits in it would bring through the assets of the plan.",
    ),
    gas: z.int().describe("The gas that it would add to the plan by itself."),
    reason: z
      .enum(["gas", "average", "transaction"])
      .describe(
        "`gas`: it brings less than its gas, for a release with the gas of all releases that its money passes. `average`: no price is given, and it brings less than 1 % of what the plan brings for its gas on average. `transaction`: it is worth its own gas, but not a transaction.",
      ),
    gift: z.boolean().describe(GIFT),
  })
  .meta({ id: "LeftOut", description: "An asset or a release that a claim plan leaves out, with the reason." });

const showLeftOut = (state: LedgerState, each: LeftOut, currencyAddress: Address): z.input<typeof LeftOutItem> => ({
  asset: each.asset,
  assetName: nameOf(state, each.asset),
  release: each.release ?? null,
  amount: showAmount(state, each.amount, currencyAddress),
  gas: each.gas,
  reason: each.reason,
  gift: each.isGift,
});

const PlanCall = z
  .object({
    to: z
      .string()
      .describe("The address to send the transaction to: the ledger; for `pass`, the contract that opens outlets."),
    functionName: z
      .enum(["settle", "multicall", "withdraw", "pass"])
      .describe("The function that the transaction calls."),
    data: z.string().describe("The calldata, in hexadecimal."),
    gas: z.int().describe("The estimated gas of the transaction, reckoned from the index and not simulated."),
  })
  .meta({ id: "PlanCall", description: "One transaction of a claim plan." });

const CurrencyPlan = z
  .object({
    settleCount: count("The number of releases to settle."),
    settle: z.array(releaseId()).describe("The releases to settle, in this order."),
    claimCount: count("The number of assets to claim for."),
    claim: z.array(assetId()).describe("The assets to claim for once the releases are settled."),
    pays: Amount.describe("The amount that the calls pay to the account: the claims, and `fromCredit`."),
    fromCredit: Amount.describe("The part of `pays` that is withdrawn from the account's credit."),
    inCredit: Amount.describe("All that the account has in credit now."),
    claimedCredit: Amount.describe(
      "The part of `inCredit` that was claimed to it and neither withdrawn nor made prepaid. Anyone can claim for an account to its credit, and the event does not name the caller. A withdrawal takes this part first, a payment the rest first. A payment that needs this part, too, shows that the account spends it: what is left then counts as prepaid.",
    ),
    gas: z.int().describe("The estimated gas of all calls, reckoned from the index and not simulated."),
    giftCount: count("The number of assets among those to claim for whose shares the account got unasked."),
    gifts: z.array(assetId()).describe("The first 50 of these assets."),
    leftOutCount: count("The number of assets and releases that are left out."),
    leftOut: z.array(LeftOutItem).describe("The first 50 of them, the largest amount first."),
    calls: z
      .array(PlanCall)
      .describe(
        "The claim plan as transactions, in the order in which to send them. First come the `settle` transactions, if any; anyone can send them. Then come those that claim; the account itself sends them. Each is a `multicall` of `settle`, `claimToCredit` and `withdraw` to the account: it withdraws exactly what was due, even if somebody else has just claimed that to the account's credit. It is `withdraw` alone if there is nothing to claim. In a plan through an outlet, anyone can send all of them: `settle`, then `pass` of the contract that opens outlets, which opens the outlet if needed. `pass` withdraws all credit of the outlet, and also takes what lies at its address, which is no part of `pays`. Estimate of the gas: 21,000 + calldata + storage slots that the transaction touches first + logs + measured cost of the instructions. It assumes a plain ERC-20 and an account that holds none of it. The cost of a transaction is its gas times the gas price, on a rollup plus its L1 data fee and operator fee.",
      ),
  })
  .meta({ id: "CurrencyPlan", description: "The steps of a claim plan in one currency." });

const OutletPlan = z
  .object({
    outlet: accountId("The outlet, by its address. It can hold shares before it is open."),
    account: accountId("The account that the outlet passes everything on to, by its address."),
    open: z.boolean().describe("True if the outlet is deployed. Otherwise the first `pass` deploys it."),
    plans: z
      .array(CurrencyPlan)
      .describe("One claim plan for each currency in which the outlet is owed something, by the same rules."),
  })
  .meta({
    id: "OutletPlan",
    description: "Money that reaches an account through its outlet, and the transactions for it.",
  });

export const plan = single({
  name: "plan",
  subject: "Accounts",
  path: "/accounts/{address}/plan",
  summary: "The claim plan of an account: the transactions that pay it what it is owed",
  description:
    "First settle the releases, in the given order. Then claim for the assets. Anyone can give an account shares and publish releases, so the claim plan leaves out what is not worth its gas, and lists it in `leftOut`. With `gasPriceWei` and a price, that is what costs more than it brings; without, what brings less than 1 % of the plan's average for its gas. The gas of a release is weighed together with that of the releases that pay it: its price of carriage is k = its gas / what goes through it + its payers' k, each by the part that came from it; releases with k of 1 or more are left out. What the account's outlet has earned is planned apart, in `outlet`, as a second plan with the outlet as holder: one pass through one outlet, never an outlet's outlet. For the address of an open outlet, which can call nothing, `plans` is empty and `outlet` is its own. The answer lists the first 50 releases and the first 50 assets. `/v1/accounts/{address}/plan/{currency}/settle`, `…/claim` and `…/left-out` have all of them by page, with `outlet=true` those of the plan through the outlet.",
  links: [{ on: "Account", field: "plan", param: "address" }],
  cost: 100,
  params: { address: account, ...choices },
  answer: z
    .object({
      account: accountId(),
      plans: z
        .array(CurrencyPlan)
        .describe(
          "One claim plan for each currency in which the account is owed something. It has no calls if nothing is worth its gas.",
        ),
      outlet: OutletPlan.nullable().describe(
        "The plan through the account's outlet; null if the deployment has no outlets, or refuses one for this account.",
      ),
    })
    .meta({
      id: "Plan",
      description: "The claim plan of an account: the transactions that pay it what it is owed.",
    }),
  *run(view, { address: holder, ...chosen }) {
    const options = optionsOf(chosen);
    const through = outletOf(view, holder);
    const isOutlet = through?.outlet === holder;
    return {
      account: holder,
      plans: isOutlet ? [] : yield* showPlans(view, holder, options),
      outlet: through
        ? {
            outlet: through.outlet,
            account: through.route.account,
            open: through.route.isOpen,
            plans: yield* showPlans(view, through.outlet, { ...options, outlet: through.route }),
          }
        : null,
    };
  },
});

const outletOf = ({ state, states }: View, holder: Address): RoutedOutlet | undefined =>
  outletRouteOf(states.of(peripheryFold), state, holder);

/** Plans for one holder, and shows the plans. */
function* showPlans({ state }: View, holder: Address, options: ClaimPlanOptions): Walk<z.input<typeof CurrencyPlan>[]> {
  const plans: z.input<typeof CurrencyPlan>[] = [];
  for (const each of yield* claimPlans(state, holder, options)) {
    const amountIn = (base: bigint) => showAmount(state, base, each.currency);
    const gifts = each.claims.filter(({ isGift }) => isGift).map(({ asset }) => asset);
    const calls = yield* claimPlanCalls(state, holder, each, options.outlet);
    plans.push({
      settleCount: each.releases.length,
      settle: each.releases.slice(0, INLINE),
      claimCount: each.assets.length,
      claim: each.assets.slice(0, INLINE),
      pays: amountIn(each.amount),
      fromCredit: amountIn(each.fromCredit),
      inCredit: amountIn(creditOf(state, holder, each.currency)),
      claimedCredit: amountIn(claimedCreditOf(state, holder, each.currency)),
      gas: calls.reduce((sum, { gas }) => sum + gas, 0),
      giftCount: gifts.length,
      gifts: gifts.slice(0, INLINE),
      leftOutCount: each.leftOut.length,
      leftOut: each.leftOut.slice(0, INLINE).map((item) => showLeftOut(state, item, each.currency)),
      calls,
    });
  }
  return plans;
}

type ListParams = Choices & { address: Address; currency: Address; outlet?: boolean | undefined };

/** Finds the claim plan in one currency; undefined if nothing is owed in it. */
function* claimPlanIn(
  view: View,
  { address: holder, currency: of, outlet: isThroughOutlet, ...chosen }: ListParams,
): Walk<ClaimPlan | undefined> {
  currencyRowOf(view.state, of);
  const through = outletOf(view, holder);
  const isOutlet = through?.outlet === holder;
  if (isThroughOutlet && !through) return undefined;
  const options = optionsOf(chosen);
  const plans =
    through && (isThroughOutlet || isOutlet)
      ? yield* claimPlans(view.state, through.outlet, { ...options, outlet: through.route })
      : yield* claimPlans(view.state, holder, options);
  return plans.find((each) => each.currency === of);
}

export const planSettle = list({
  name: "planSettle",
  subject: "Accounts",
  path: "/accounts/{address}/plan/{currency}/settle",
  summary: "The releases to settle for an account, in the order in which to settle them",
  cost: 100,
  params: { address: account, currency },
  filters: listChoices,
  item: z
    .object({ release: releaseId() })
    .meta({ id: "ToSettle", description: "A release that the claim plan settles." }),
  *rows(view, params, { descending }) {
    const claimPlan = yield* claimPlanIn(view, params);
    return rowsOf(claimPlan?.releases ?? [], String, (release) => ({ release }), { descending });
  },
});

export const planClaim = list({
  name: "planClaim",
  subject: "Accounts",
  path: "/accounts/{address}/plan/{currency}/claim",
  summary: "The assets that an account should claim for, by asset id",
  cost: 100,
  params: { address: account, currency },
  filters: listChoices,
  item: z
    .object({
      asset: assetId(),
      assetName,
      amount: Amount.describe("The amount that the claim pays."),
      gift: z.boolean().describe(GIFT),
    })
    .meta({ id: "ToClaim", description: "An asset that the claim plan claims for." }),
  *rows(view, params, { descending }) {
    const claimPlan = yield* claimPlanIn(view, params);
    const claims = (claimPlan?.claims ?? []).toSorted((a, b) => a.asset - b.asset);
    return rowsOf(
      claims,
      ({ asset }) => String(asset),
      ({ asset, amount, isGift }) => ({
        asset,
        assetName: nameOf(view.state, asset),
        amount: showAmount(view.state, amount, params.currency),
        gift: isGift,
      }),
      { descending },
    );
  },
});

export const planLeftOut = list({
  name: "planLeftOut",
  subject: "Accounts",
  path: "/accounts/{address}/plan/{currency}/left-out",
  summary: "The assets and releases that the claim plan of an account leaves out, the largest amount first",
  cost: 100,
  params: { address: account, currency },
  filters: listChoices,
  item: LeftOutItem,
  *rows(view, params, { descending }) {
    const claimPlan = yield* claimPlanIn(view, params);
    return rowsOf(
      claimPlan?.leftOut ?? [],
      ({ asset, release }) => `${asset}-${release ?? 0}`,
      (each) => showLeftOut(view.state, each, params.currency),
      { descending },
    );
  },
});
