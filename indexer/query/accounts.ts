import { z } from "zod";
import { claimPlanCalls } from "../graph/earnings/claimPlanCalls.ts";
import { type ClaimPlan, claimPlans } from "../graph/earnings/claimPlans.ts";
import { statementLines as linesOfStatement } from "../graph/earnings/statement.ts";
import { STEPS_A_TURN, type Walk } from "../scheduling/walk.ts";
import { creditOf, type LedgerState } from "../ledger/state.ts";
import { assetsOfHolder } from "../graph/earnings/assetsOfHolder.ts";
import type { Allocation } from "../ledger/records.ts";
import type { View } from "../live/view.ts";
import { currencyRowOf, lastUpTo, wholeNumberOf } from "./find.ts";
import { address } from "./parameters.ts";
import { INLINE, nameOf, showAmount, showStatementLine } from "./present.ts";
import { list, single } from "./question.ts";
import { rowsOf } from "./rows.ts";
import { accountId, Amount, assetId, assetName, count, releaseId, Role, shareCount, StatementLine } from "./shapes.ts";

const account = address("An account, in upper or lower case.");
const currency = address("A currency.");

const Account = z
  .object({
    address: z.string(),
    known: z.boolean().describe("Whether it ever held shares, credit or an asset, paid or claimed."),
    credits: z.array(Amount).describe("What it holds inside the ledger, by currency."),
    assetsEverHeld: count("How many assets it ever held shares of."),
  })
  .meta({ id: "Account", description: "Whoever holds, pays or earns." });

export const accounts = list({
  name: "accounts",
  subject: "Accounts",
  path: "/accounts",
  summary: "Every account that the events name, in the order of appearance",
  params: {},
  filters: {},
  item: z.object({ account: accountId() }).meta({ id: "AccountListed", description: "An account." }),
  rows({ state: { accounts: all } }, _params, { descending }) {
    return {
      length: all.length,
      at: (row) => ({ account: all.address(row) }),
      cursorOf: (row) => all.address(row),
      placeOf: (cursor) => (account.safeParse(cursor).success ? all.rowOf(account.parse(cursor)) : undefined),
      descending,
    };
  },
});

export const oneAccount = single({
  name: "account",
  subject: "Accounts",
  path: "/accounts/{address}",
  summary: "An account and its credit",
  params: { address: account },
  answer: Account,
  run: ({ state }, params) => ({
    address: params.address,
    known: state.accounts.rowOf(params.address) !== undefined,
    get credits() {
      return creditsOf(state, params.address);
    },
    get assetsEverHeld() {
      return countAssets(state, params.address);
    },
  }),
});

const creditsOf = (state: LedgerState, holder: `0x${string}`) =>
  [...state.currencies.keys()].map((each) => showAmount(state, creditOf(state, holder, each), each));

function* countAssets(state: LedgerState, holder: `0x${string}`): Walk<number> {
  const assets = yield* assetsOfHolder(state, holder);
  return assets.length;
}

export const holdings = list({
  name: "holdings",
  subject: "Accounts",
  path: "/accounts/{address}/holdings",
  summary: "The assets that an account holds shares of, by id",
  links: [{ on: "Account", field: "holdings", param: "address" }],
  params: { address: account },
  filters: {},
  item: z
    .object({ asset: assetId(), assetName, shares: shareCount() })
    .meta({ id: "Holding", description: "Shares that an account holds." }),
  orders: ["asset", "shares"],
  *rows({ state }, params, { by, descending }) {
    const { holdings: all, assets } = state;
    const accountRow = state.accounts.rowOf(params.address) ?? -1;
    const ids = yield* assetsOfHolder(state, params.address);
    const assetAt = (place: number) => ids[place] ?? 0;
    const sharesAt = (place: number) => all.shares.get(all.rowOf(accountRow, assets.rowOf(assetAt(place)) ?? -1) ?? -1);
    return {
      length: ids.length,
      has: (place) => sharesAt(place) > 0,
      at: (place) => ({
        asset: assetAt(place),
        assetName: nameOf(state, assetAt(place)),
        shares: String(sharesAt(place)),
      }),
      cursorOf: (place) => String(assetAt(place)),
      placeOf(cursor) {
        const id = wholeNumberOf(cursor);
        return id === undefined ? undefined : lastUpTo(ids.length, assetAt, id);
      },
      descending,
      ...(by === "shares" && { keyOf: sharesAt }),
    };
  },
});

export const accountAllocations = list({
  name: "accountAllocations",
  subject: "Accounts",
  path: "/accounts/{address}/allocations",
  summary: "What an account got at registrations, and what for",
  links: [{ on: "Account", field: "allocations", param: "address" }],
  params: { address: account },
  filters: {},
  item: z
    .object({ asset: assetId(), assetName, role: Role, shares: shareCount() })
    .meta({ id: "AccountAllocation", description: "Shares that an account got at an asset's registration." }),
  *rows({ state }, params, { descending }) {
    const found: { asset: number; cursor: string; allocation: Allocation }[] = [];
    for (const [i, asset] of (yield* assetsOfHolder(state, params.address)).entries()) {
      if (i % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
      const own = state.assets.allocationsOf(asset).filter(({ account: to }) => to === params.address);
      for (const [j, allocation] of own.entries()) found.push({ asset, cursor: `${asset}-${j + 1}`, allocation });
    }
    return rowsOf(
      found,
      ({ cursor }) => cursor,
      ({ asset, allocation: { role, shares } }) => ({
        asset,
        assetName: nameOf(state, asset),
        role,
        shares: String(shares),
      }),
      { descending },
    );
  },
});

export const statementOf = single({
  name: "statement",
  subject: "Accounts",
  path: "/accounts/{address}/statement",
  summary: "What an account holds, earned and can claim",
  description: "The first 50 lines; all by page, and as CSV, at `/accounts/{address}/statement/lines`.",
  links: [{ on: "Account", field: "statement", param: "address" }],
  cost: 50,
  params: { address: account },
  answer: z
    .object({
      account: accountId(),
      lineCount: count("How many lines there are."),
      lines: z.array(StatementLine).describe("By currency and asset that the account ever held shares of."),
      credits: z.array(Amount),
    })
    .meta({ id: "Statement", description: "What an account holds, earned and can claim." }),
  *run({ state }, params) {
    const lines = yield* linesOfStatement(state, params.address);
    const first = Array.from({ length: Math.min(lines.length, INLINE) }, (_, place) => lines.at(place));
    return {
      account: params.address,
      lineCount: lines.length,
      lines: first.map((line) => showStatementLine(state, line)),
      credits: creditsOf(state, params.address),
    };
  },
});

export const statementLines = list({
  name: "statementLines",
  subject: "Accounts",
  path: "/accounts/{address}/statement/lines",
  summary: "The lines of a statement, by currency and asset that the account ever held shares of",
  links: [{ on: "Account", field: "statementLines", param: "address" }],
  cost: 50,
  params: { address: account },
  filters: { currency: address("Only in this currency.").optional() },
  item: StatementLine,
  *rows({ state }, params, { descending }) {
    if (params.currency) currencyRowOf(state, params.currency);
    const lines = yield* linesOfStatement(state, params.address, params.currency && [params.currency]);
    return {
      length: lines.length,
      at: (place) => showStatementLine(state, lines.at(place)),
      cursorOf(place) {
        const line = lines.at(place);
        return `${line.currency}-${line.asset}`;
      },
      placeOf(cursor) {
        const [of = "", asset = ""] = cursor.split("-");
        return lines.placeOf(of as `0x${string}`, wholeNumberOf(asset) ?? 0);
      },
      descending,
    };
  },
});

export const plan = single({
  name: "plan",
  subject: "Accounts",
  path: "/accounts/{address}/plan",
  summary: "What to settle and to claim so that an account gets all that it is owed",
  description:
    "The releases to settle, in this order, and then the assets to claim for. A release through which not one unit more would reach the account is left out. The first 50 of each; all by page at `/accounts/{address}/plan/{currency}/settle` and `/accounts/{address}/plan/{currency}/claim`.",
  links: [{ on: "Account", field: "plan", param: "address" }],
  cost: 100,
  params: { address: account },
  answer: z
    .object({
      account: accountId(),
      plans: z
        .array(
          z
            .object({
              settleCount: count("How many releases there are to settle."),
              settle: z.array(releaseId()).describe("The releases to settle, in this order."),
              claimCount: count("How many assets there are to claim for."),
              claim: z.array(assetId()).describe("The assets to claim for, afterwards."),
              pays: Amount.describe("What the claim pays."),
              calls: z
                .array(
                  z
                    .object({
                      to: z.string().describe("The ledger."),
                      functionName: z.enum(["settle", "collect"]),
                      data: z.string().describe("The calldata."),
                      gas: z.int().describe("What it takes, estimated."),
                    })
                    .meta({ id: "PlanCall", description: "A transaction." }),
                )
                .describe(
                  "All of it as transactions, in this order: `settle`, which anyone can send, as often as needed, then `collect`, which the account sends. The gas is 21,000 + calldata + the storage slots that each is the first to touch + logs + instructions as measured, for a plain ERC-20 and an account that holds none of it. What it costs in money is the gas times the chain's price: compare it with what the claim pays.",
                ),
            })
            .meta({ id: "CurrencyPlan", description: "What to do, in one currency." }),
        )
        .describe("One for each currency in which the account is owed something."),
    })
    .meta({ id: "Plan", description: "How an account gets all that it is owed." }),
  *run({ state }, params) {
    const plans = [];
    for (const each of yield* claimPlans(state, params.address)) {
      plans.push({
        settleCount: each.releases.length,
        settle: each.releases.slice(0, INLINE),
        claimCount: each.assets.length,
        claim: each.assets.slice(0, INLINE),
        pays: showAmount(state, each.amount, each.currency),
        calls: yield* claimPlanCalls(state, params.address, each),
      });
    }
    return { account: params.address, plans };
  },
});

/** Finds the claim plan in one currency; undefined if nothing is owed in it. */
function* claimPlanIn(
  { state }: View,
  params: { address: `0x${string}`; currency: `0x${string}` },
): Walk<ClaimPlan | undefined> {
  currencyRowOf(state, params.currency);
  const plans = yield* claimPlans(state, params.address);
  return plans.find((each) => each.currency === params.currency);
}

export const planSettle = list({
  name: "planSettle",
  subject: "Accounts",
  path: "/accounts/{address}/plan/{currency}/settle",
  summary: "The releases to settle for an account, in this order",
  cost: 100,
  params: { address: account, currency },
  filters: {},
  item: z.object({ release: releaseId() }).meta({ id: "ToSettle", description: "A release to settle." }),
  *rows(view, params, { descending }) {
    const claimPlan = yield* claimPlanIn(view, params);
    return rowsOf(claimPlan?.releases ?? [], String, (release) => ({ release }), { descending });
  },
});

export const planClaim = list({
  name: "planClaim",
  subject: "Accounts",
  path: "/accounts/{address}/plan/{currency}/claim",
  summary: "The assets to claim for, by id",
  cost: 100,
  params: { address: account, currency },
  filters: {},
  item: z.object({ asset: assetId() }).meta({ id: "ToClaim", description: "An asset to claim for." }),
  *rows(view, params, { descending }) {
    const claimPlan = yield* claimPlanIn(view, params);
    return rowsOf(claimPlan?.assets ?? [], String, (asset) => ({ asset }), { descending });
  },
});
