import type { Address } from "viem";
import { z } from "zod";
import { feeRowsOf } from "../graph/period.ts";
import { type FeeTrace, amountsPassedOn, traceFee } from "../graph/fees/traceFee.ts";
import type { LedgerState } from "../ledger/state.ts";
import { currencyRowOf, feeOf } from "./find.ts";
import { address, feeId, idOf, period, periodOf, reference } from "./parameters.ts";
import { INLINE, nameOf, showAmount, showClaim, showFee } from "./present.ts";
import { list, single } from "./question.ts";
import { rowsOf } from "./rows.ts";
import { Amount, assetId, assetName, Claim, count, Fee, releaseId } from "./shapes.ts";

const currencyOf = (what: string) => address(`Only ${what} in this currency, by its address.`).optional();

export const fees = list({
  name: "fees",
  subject: "Fees",
  path: "/fees",
  summary: "Fees, the newest first",
  params: {},
  filters: {
    release: idOf("a release").optional().describe("Only fees paid into this release."),
    asset: idOf("an asset").optional().describe("Only fees paid into releases of this asset."),
    payer: address("Only fees of this payer, by its address.").optional(),
    currency: currencyOf("fees"),
    reference: reference.optional(),
    ...period,
  },
  item: Fee,
  orders: ["paid", "amount"],
  descending: true,
  links: [
    { on: "Account", field: "fees", param: "payer" },
    { on: "Release", field: "fees", param: "release" },
    { on: "Asset", field: "fees", param: "asset" },
  ],
  rows({ state }, where, { by, descending }) {
    const { fees: all, releases } = state;
    const payer = where.payer && (state.accounts.rowOf(where.payer) ?? -1);
    const currencyRow = where.currency && currencyRowOf(state, where.currency);
    const { first, end } = feeRowsOf(state, periodOf(where));
    return {
      length: all.length,
      has: (row) =>
        row >= first &&
        row < end &&
        (where.release === undefined || all.release.get(row) === where.release) &&
        (where.asset === undefined || releases.asset.get(all.release.get(row) - 1) === where.asset) &&
        (payer === undefined || all.payer.get(row) === payer) &&
        (currencyRow === undefined || all.currency.get(row) === currencyRow) &&
        (where.reference === undefined || all.reference.get(row) === where.reference),
      at: (row) => showFee(state, all.at(row) as NonNullable<ReturnType<typeof all.at>>), // rows are below the length
      cursorOf: (row) => all.paid.idOf(row),
      placeOf: (cursor) => (feeId.safeParse(cursor).success ? feeOf(state, cursor).row : undefined),
      descending,
      ...(by === "amount" && { keyOf: (row: number) => all.amount.get(row) }),
    };
  },
});

export const oneFee = single({
  name: "fee",
  subject: "Fees",
  path: "/fees/{fee}",
  summary: "One fee",
  params: { fee: feeId },
  answer: Fee,
  run: ({ state }, params) => showFee(state, feeOf(state, params.fee)),
});

const TraceHop = z
  .object({
    release: releaseId(),
    asset: assetId(),
    assetName,
    received: Amount.describe("The part of the fee that reaches the release."),
    kept: Amount.describe(
      "The part that the release keeps for its own asset: the commons' part plus the shareholders' part.",
    ),
    passed: z
      .array(
        z
          .object({ to: releaseId("The release that the amount goes to, by its id."), amount: Amount })
          .meta({ id: "TracePassed", description: "The amount that a release passes on to one of its contributions." }),
      )
      .describe("The amounts that the release passes on to its contributions, without zeros."),
  })
  .meta({
    id: "TraceHop",
    description: "One hop of a trace: the part of a fee that reaches one release, and what the release does with it.",
  });
const TracedAsset = z
  .object({
    asset: assetId(),
    assetName,
    kept: Amount.describe("The part of the fee that the asset keeps."),
    commons: Amount.describe("The commons' part of `kept`."),
    shareholders: Amount.describe("The shareholders' part of `kept`."),
  })
  .meta({ id: "TracedAsset", description: "The part of a fee that an asset keeps once every release is settled." });

function showHop(state: LedgerState, hop: FeeTrace["hops"][number], paidIn: Address): z.input<typeof TraceHop> {
  return {
    release: hop.release,
    asset: hop.asset,
    assetName: nameOf(state, hop.asset),
    received: showAmount(state, hop.received, paidIn),
    kept: showAmount(state, hop.kept, paidIn),
    passed: amountsPassedOn(state, hop).map((step) => ({
      to: step.to,
      amount: showAmount(state, step.amount, paidIn),
    })),
  };
}

function showTracedAsset(
  state: LedgerState,
  due: FeeTrace["assets"][number],
  paidIn: Address,
): z.input<typeof TracedAsset> {
  return {
    asset: due.asset,
    assetName: nameOf(state, due.asset),
    kept: showAmount(state, due.kept, paidIn),
    commons: showAmount(state, due.commons, paidIn),
    shareholders: showAmount(state, due.shareholders, paidIn),
  };
}

export const trace = single({
  name: "trace",
  subject: "Fees",
  path: "/fees/{fee}/trace",
  summary: "The trace of a fee: where its money goes, hop by hop, to the base unit",
  description:
    "Formula: what everyone is due from all fees up to this one, less what everyone is due from the fees before it, as if every release were settled. The traces of all fees add up exactly to the ledger's totals. The answer contains the first 50 hops and the first 50 assets. `/v1/fees/{fee}/trace/hops` and `/v1/fees/{fee}/trace/assets` have all of them by page.",
  links: [{ on: "Fee", field: "trace", param: "fee" }],
  cost: 50,
  params: { fee: feeId },
  answer: z
    .object({
      fee: Fee,
      hopCount: count("The number of releases that the fee reaches."),
      hops: z
        .array(TraceHop)
        .describe("The releases that the fee reaches, from the paid release to the oldest ancestor."),
      assetCount: count("The number of assets that keep a part of the fee."),
      assets: z.array(TracedAsset).describe("The assets that keep a part of the fee, the largest part first."),
      pending: Amount.describe(
        "The part of the fee that nobody gets yet: what it adds to fractions of a base unit, which later fees complete. Can be negative.",
      ),
    })
    .meta({ id: "Trace", description: "The path of one fee to everyone it reaches." }),
  *run({ state }, params) {
    const fee = feeOf(state, params.fee);
    const feeTrace = yield* traceFee(state, fee);
    return {
      fee: showFee(state, fee),
      hopCount: feeTrace.hops.length,
      hops: feeTrace.hops.slice(0, INLINE).map((hop) => showHop(state, hop, fee.currency)),
      assetCount: feeTrace.assets.length,
      assets: feeTrace.assets.slice(0, INLINE).map((due) => showTracedAsset(state, due, fee.currency)),
      pending: showAmount(state, feeTrace.pending, fee.currency),
    };
  },
});

export const traceHops = list({
  name: "traceHops",
  subject: "Fees",
  path: "/fees/{fee}/trace/hops",
  summary: "The hops of a fee's trace, from the paid release to the oldest ancestor",
  links: [{ on: "Fee", field: "traceHops", param: "fee" }],
  cost: 50,
  params: { fee: feeId },
  filters: {},
  item: TraceHop,
  *rows({ state }, params, { descending }) {
    const fee = feeOf(state, params.fee);
    const show = (hop: FeeTrace["hops"][number]) => showHop(state, hop, fee.currency);
    const { hops } = yield* traceFee(state, fee);
    return rowsOf(hops, ({ release }) => String(release), show, { descending });
  },
});

export const traceAssets = list({
  name: "traceAssets",
  subject: "Fees",
  path: "/fees/{fee}/trace/assets",
  summary: "The assets that keep a part of a fee, the largest part first",
  links: [{ on: "Fee", field: "traceAssets", param: "fee" }],
  cost: 50,
  params: { fee: feeId },
  filters: {},
  item: TracedAsset,
  *rows({ state }, params, { descending }) {
    const fee = feeOf(state, params.fee);
    const show = (due: FeeTrace["assets"][number]) => showTracedAsset(state, due, fee.currency);
    const { assets } = yield* traceFee(state, fee);
    return rowsOf(assets, ({ asset }) => String(asset), show, { descending });
  },
});

export const claims = list({
  name: "claims",
  subject: "Accounts",
  path: "/claims",
  summary: "Claims, the newest first",
  links: [{ on: "Account", field: "claims", param: "account" }],
  params: {},
  filters: {
    account: address("Only claims of this account, by its address.").optional(),
    currency: currencyOf("claims"),
    ...period,
  },
  item: Claim,
  orders: ["claimed", "amount"],
  descending: true,
  rows({ state }, { account, currency: paidIn, since, until }, { by, descending }) {
    const all = state.claims;
    const { claimed } = all;
    const accountRow = account && (state.accounts.rowOf(account) ?? -1);
    const currencyRow = paidIn && currencyRowOf(state, paidIn);
    const first = since === undefined ? 0 : claimed.firstRowSince(since);
    const end = until === undefined ? all.length : claimed.firstRowSince(until + 1);
    return {
      length: all.length,
      has: (row) =>
        row >= first &&
        row < end &&
        (accountRow === undefined || all.account.get(row) === accountRow) &&
        (currencyRow === undefined || all.currency.get(row) === currencyRow),
      at: (row) => showClaim(state, row),
      cursorOf: (row) => claimed.idOf(row),
      placeOf: (cursor) => claimed.rowOf(cursor),
      descending,
      ...(by === "amount" && { keyOf: (row: number) => all.amount.get(row) }),
    };
  },
});
