import { z } from "zod";
import { statementLines as linesOfStatement } from "../graph/earnings/statement.ts";
import { STEPS_A_TURN, type Walk } from "../scheduling/walk.ts";
import { peripheryFold } from "../books/periphery/fold.ts";
import type { PeripheryState } from "../books/periphery/state.ts";
import { creditOf, type LedgerState } from "../ledger/state.ts";
import { assetsOfHolder } from "../graph/earnings/assetsOfHolder.ts";
import type { Allocation } from "../ledger/records.ts";
import { currencyRowOf, lastPlaceUpTo, wholeNumberOf } from "./find.ts";
import { address } from "./parameters.ts";
import { INLINE, nameOf, showAmount, showStatementLine } from "./present.ts";
import { list, single } from "./question.ts";
import { rowsOf } from "./rows.ts";
import { accountId, Amount, assetId, assetName, count, releaseId, Role, shareCount, StatementLine } from "./shapes.ts";

const account = address("The account's address, in upper or lower case.");

const Account = z
  .object({
    address: z.string(),
    known: z
      .boolean()
      .describe(
        "True if the indexed events name the account: as a holder of shares or credit, as a payer or source of fees, or in a claim.",
      ),
    credits: z
      .array(Amount)
      .describe("The money that the account holds in credit inside the ledger: one amount for each currency."),
    assetsEverHeld: count("The number of assets that the account holds shares of or once held shares of."),
    inletOf: releaseId(
      "The release that this address pays, by its id, if it is an open inlet; else null. An inlet names itself as the payer of its fees: the senders are in `/v1/inlets/{inlet}/payers`.",
    ).nullable(),
    outletFor: accountId(
      "The account that this address passes everything on to, if it is an open outlet; else null. An outlet is never a known payer.",
    ).nullable(),
    outlet: accountId("The account's own open outlet, by its address; null if none is open.").nullable(),
  })
  .meta({ id: "Account", description: "An account: an address that holds shares or credit, pays fees or earns." });

export const accounts = list({
  name: "accounts",
  subject: "Accounts",
  path: "/accounts",
  summary:
    "All accounts that ever held shares or credit, paid or were the source of a fee, or claimed, in the order in which they first appeared",
  params: {},
  filters: {},
  item: z
    .object({ account: accountId() })
    .meta({ id: "AccountListed", description: "An account in the list of all accounts." }),
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
  run: ({ state, states }, params) => ({
    address: params.address,
    known: state.accounts.rowOf(params.address) !== undefined,
    ...peripheryOf(states.of(peripheryFold), params.address),
    get credits() {
      return creditsOf(state, params.address);
    },
    get assetsEverHeld() {
      return countAssets(state, params.address);
    },
  }),
});

/** Returns the part that an address has in the contracts around the ledger: an inlet, an outlet, or an outlet's account. */
const peripheryOf = (state: PeripheryState, of: `0x${string}`) => ({
  inletOf: state.inlets.get(state.inletRows.get(of) ?? -1)?.release ?? null,
  outletFor: state.outlets.get(state.outletRows.get(of) ?? -1)?.account ?? null,
  outlet: state.outletOf.get(of) ?? null,
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
  summary: "The assets that an account holds shares of, by asset id",
  links: [{ on: "Account", field: "holdings", param: "address" }],
  params: { address: account },
  filters: {},
  item: z
    .object({ asset: assetId(), assetName, shares: shareCount() })
    .meta({ id: "Holding", description: "The shares that an account holds of one asset." }),
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
        return id === undefined ? undefined : lastPlaceUpTo(ids.length, assetAt, id);
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
  summary: "The shares that an account got when assets were registered, with its role in each",
  links: [{ on: "Account", field: "allocations", param: "address" }],
  params: { address: account },
  filters: {},
  item: z.object({ asset: assetId(), assetName, role: Role, shares: shareCount() }).meta({
    id: "AccountAllocation",
    description: "The shares that an account got when an asset was registered, and its role.",
  }),
  *rows({ state }, params, { descending }) {
    const items: { asset: number; cursor: string; allocation: Allocation }[] = [];
    for (const [i, asset] of (yield* assetsOfHolder(state, params.address)).entries()) {
      if (i % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
      const own = state.assets.allocationsOf(asset).filter(({ account: to }) => to === params.address);
      for (const [j, allocation] of own.entries()) items.push({ asset, cursor: `${asset}-${j + 1}`, allocation });
    }
    return rowsOf(
      items,
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
  summary: "The statement of an account: what it holds, has earned and can claim",
  description:
    "The answer contains the first 50 lines. `/v1/accounts/{address}/statement/lines` has all lines by page, also as CSV.",
  links: [{ on: "Account", field: "statement", param: "address" }],
  cost: 50,
  params: { address: account },
  answer: z
    .object({
      account: accountId(),
      lineCount: count("The number of lines in the whole statement."),
      lines: z
        .array(StatementLine)
        .describe("One line for each currency and each asset that the account ever held shares of."),
      credits: z.array(Amount).describe("The money that the account holds in credit: one amount for each currency."),
    })
    .meta({
      id: "Statement",
      description: "The holdings of an account, its earnings, and the amounts that it can claim.",
    }),
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
  summary: "The lines of an account's statement: one for each currency and each asset that it ever held shares of",
  links: [{ on: "Account", field: "statementLines", param: "address" }],
  cost: 50,
  params: { address: account },
  filters: { currency: address("Only lines in this currency, by its address.").optional() },
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
