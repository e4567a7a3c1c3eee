import type { Address } from "viem";
import { z } from "zod";
import { feeRowsOf } from "../graph/period.ts";
import { type FeeTrace, passedOn, traceFee } from "../graph/fees/traceFee.ts";
import type { LedgerState } from "../ledger/state.ts";
import { currencyRowOf, feeOf } from "./find.ts";
import { address, feeId, idOf, period, periodOf, reference } from "./parameters.ts";
import { INLINE, nameOf, showAmount, showClaim, showFee } from "./present.ts";
import { list, single } from "./question.ts";
import { rowsOf } from "./rows.ts";
import { Amount, assetId, assetName, Claim, count, Fee, releaseId } from "./shapes.ts";

const currency = address("Only in this currency.").optional();

export const fees = list({
  name: "fees",
  subject: "Fees",
  path: "/fees",
  summary: "Fees, the newest first",
  params: {},
  filters: {
    release: idOf("a release").optional().describe("Only fees paid into this release."),
    asset: idOf("an asset").optional().describe("Only fees paid into releases of this asset."),
    payer: address("Only fees of this payer.").optional(),
    currency,
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
  summary: "A fee",
  params: { fee: feeId },
  answer: Fee,
  run: ({ state }, params) => showFee(state, feeOf(state, params.fee)),
});

const TraceHop = z
  .object({
    release: releaseId(),
    asset: assetId(),
    assetName,
    received: Amount,
    kept: Amount.describe("For its own asset: the commons' part and the shareholders'."),
    passed: z.array(z.object({ to: releaseId(), amount: Amount }).meta({ id: "TracePassed" })),
  })
  .meta({ id: "TraceHop", description: "What one release got of a fee." });
const TracedAsset = z
  .object({ asset: assetId(), assetName, kept: Amount, commons: Amount, shareholders: Amount })
  .meta({ id: "TracedAsset", description: "What an asset is due of a fee once everything is settled." });

function showHop(state: LedgerState, hop: FeeTrace["hops"][number], paidIn: Address): z.input<typeof TraceHop> {
  return {
    release: hop.release,
    asset: hop.asset,
    assetName: nameOf(state, hop.asset),
    received: showAmount(state, hop.received, paidIn),
    kept: showAmount(state, hop.kept, paidIn),
    passed: passedOn(state, hop).map((step) => ({ to: step.to, amount: showAmount(state, step.amount, paidIn) })),
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
  summary: "Where one fee goes, hop by hop, to the unit",
  description:
    "What everyone is due once everything is settled with all fees up to this one, less what they were due without it. The traces of all fees add up to the ledger's totals exactly. The first 50 hops and assets; all by page at `/fees/{fee}/trace/hops` and `/fees/{fee}/trace/assets`.",
  links: [{ on: "Fee", field: "trace", param: "fee" }],
  cost: 50,
  params: { fee: feeId },
  answer: z
    .object({
      fee: Fee,
      hopCount: count("How many releases it reaches."),
      hops: z.array(TraceHop).describe("From the paid release to the oldest ancestor."),
      assetCount: count("How many assets keep something of it."),
      assets: z.array(TracedAsset).describe("Who is due what of this fee once everything is settled, the most first."),
      pending: Amount.describe("Fractions below a unit that this fee added to and that later fees complete."),
    })
    .meta({ id: "Trace", description: "Where one fee goes." }),
  *run({ state }, params) {
    const fee = feeOf(state, params.fee);
    const found = yield* traceFee(state, fee);
    return {
      fee: showFee(state, fee),
      hopCount: found.hops.length,
      hops: found.hops.slice(0, INLINE).map((hop) => showHop(state, hop, fee.currency)),
      assetCount: found.assets.length,
      assets: found.assets.slice(0, INLINE).map((due) => showTracedAsset(state, due, fee.currency)),
      pending: showAmount(state, found.pending, fee.currency),
    };
  },
});

export const traceHops = list({
  name: "traceHops",
  subject: "Fees",
  path: "/fees/{fee}/trace/hops",
  summary: "The hops of a fee, from the paid release to the oldest ancestor",
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
  summary: "What each asset is due of a fee, the most first",
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
  filters: { account: address("Only claims for this account.").optional(), currency, ...period },
  item: Claim,
  orders: ["claimed", "amount"],
  descending: true,
  rows({ state }, { account, currency: paidIn, since, until }, { by, descending }) {
    const all = state.claims;
    const { claimed } = all;
    const accountRow = account && (state.accounts.rowOf(account) ?? -1);
    const currencyRow = paidIn && currencyRowOf(state, paidIn);
    const first = since === undefined ? 0 : claimed.firstSince(since);
    const end = until === undefined ? all.length : claimed.firstSince(until + 1);
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
