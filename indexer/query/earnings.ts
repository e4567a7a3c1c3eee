import { z } from "zod";
import { earningFees, earningsBetween } from "../graph/earnings/earnings.ts";
import { earningsSoFar } from "../graph/earnings/statement.ts";
import { traceFee } from "../graph/fees/traceFee.ts";
import { type AssetProgress, type HopProgress, traceProgress } from "../graph/fees/traceProgress.ts";
import type { Walk } from "../scheduling/walk.ts";
import type { View } from "../live/view.ts";
import { feeOf } from "./find.ts";
import { findBlock, requireHash, viewAt } from "./ask.ts";
import { address, blockName, feeId, period, periodOf } from "./parameters.ts";
import { nameOf, showAmount, showFee } from "./present.ts";
import { Problem } from "./problem.ts";
import { list, single } from "./question.ts";
import { rowsOf } from "./rows.ts";
import { accountId, Amount, assetId, assetName, Fee, releaseId, Role, shareCount } from "./shapes.ts";

export const earnedInPeriod = single({
  name: "earned",
  subject: "Accounts",
  path: "/accounts/{address}/earned",
  summary: "The earnings of an account over a period, to the base unit",
  description:
    "The period lasts from the end of the block `sinceBlock` to the end of the block `block` (default: the newest block). Formula: claimed + claimable at the end, less claimed + claimable at the beginning. So this is the income that was settled in the period while the account held the shares. `/v1/accounts/{address}/earnings` shows from whom the account earns, and along which path.",
  cost: 1_000,
  params: {
    address: address("The account's address, in upper or lower case."),
    sinceBlock: blockName.describe("The block at whose end the period begins, named like `block`."),
  },
  answer: z
    .object({
      account: accountId(),
      sinceBlock: z.string().describe("The number of the block at whose end the period begins."),
      lines: z
        .array(
          z
            .object({
              asset: assetId(),
              assetName,
              earned: Amount.describe("The amount earned in the period: added to claimed or claimable."),
              claimed: Amount.describe("The amount that claims paid out in the period."),
              sharesBefore: shareCount("The account's shares at the beginning, of the asset's 100,000,000."),
              sharesAfter: shareCount("The account's shares at the end, of the asset's 100,000,000."),
              allocations: z
                .array(
                  z.object({ role: Role, shares: shareCount() }).meta({
                    id: "OwnAllocation",
                    description: "A role of the account, and the shares that it got for it.",
                  }),
                )
                .describe(
                  "The shares that the account got when the asset was registered, with its roles; empty if it got none.",
                ),
            })
            .meta({
              id: "EarnedLine",
              description: "The earnings of an account with one asset in one currency over the period.",
            }),
        )
        .describe(
          "One line for each asset and currency in which the account earned or claimed something in the period.",
        ),
    })
    .meta({ id: "Earned", description: "The earnings of an account over a period." }),
  *run({ state, block }, params) {
    // Names and currencies are read now: the state may have changed before the earlier one is ready.
    const end = yield* earningsSoFar(state, params.address);
    const names = new Map(end.map(({ asset }) => [asset, nameOf(state, asset)]));
    return { ...params, end, names, until: block.number, currencies: [...state.currencies.values()] };
  },
  async complete(source, { address: account, sinceBlock, end, names, until, currencies }) {
    const named = await findBlock(source, sinceBlock, "sinceBlock");
    const from = named.number ?? until;
    if (from > until) {
      throw new Problem(
        "conflicting-parameters",
        `sinceBlock: must not be above block ${until}, where the period ends`,
      );
    }
    const { startBlock } = source.source;
    const before = from < startBlock ? undefined : await viewAt(source, from);
    if (before) requireHash(before, named, "sinceBlock");
    const start = before ? await before.turns.walk(() => earningsSoFar(before.state, account)) : [];
    const amountIn = (amount: bigint, currency: `0x${string}`) => ({
      amount: String(amount),
      currency: currencies.find(({ address: each }) => each === currency) ?? {
        address: currency,
        symbol: "",
        decimals: 0,
      },
    });
    return {
      account,
      sinceBlock: String(from),
      lines: earningsBetween(start, end).map((line) => ({
        asset: line.asset,
        assetName: names.get(line.asset) ?? null,
        earned: amountIn(line.earned, line.currency),
        claimed: amountIn(line.claimed, line.currency),
        sharesBefore: String(line.sharesBefore),
        sharesAfter: String(line.sharesAfter),
        allocations: line.allocations.map(({ role, shares }) => ({ role, shares: String(shares) })),
      })),
    };
  },
});

export const earnings = list({
  name: "earnings",
  subject: "Accounts",
  path: "/accounts/{address}/earnings",
  summary: "The fees that an account earns from: who paid, along which path the money comes, and why",
  description:
    "The fees that bring something to an asset of which the account holds shares, in the order of payment. Formula: due = ⌊D(I + k) · s / 1e8⌋ − ⌊D(I) · s / 1e8⌋, with D(x) = ⌊x · (1e6 − c) / 1e6⌋. I is the asset's income from all earlier fees and k what the asset keeps of this fee, both as if every release were settled. c is the commons' part in ppm. s is the number of shares that the account holds at the answer's block. Where shares have moved, the figure is therefore an approximation.",
  links: [{ on: "Account", field: "earnings", param: "address" }],
  cost: 500,
  params: { address: address("The account's address, in upper or lower case.") },
  filters: period,
  item: z
    .object({
      fee: Fee,
      parts: z
        .array(
          z
            .object({
              asset: assetId(),
              assetName,
              kept: Amount.describe("The part of the fee that the asset keeps, commons included."),
              shareholders: Amount.describe("The part of `kept` that belongs to all shareholders together."),
              shares: shareCount("The account's shares, of the asset's 100,000,000."),
              due: Amount.describe("The part of `shareholders` that belongs to the account."),
              via: z
                .array(releaseId())
                .describe(
                  "The strongest path from the paid release to that release of the asset which keeps most of the fee.",
                ),
            })
            .meta({
              id: "EarnedPart",
              description: "The part of a fee that one asset keeps, and the account's part of that.",
            }),
        )
        .describe("One entry for each asset, by asset id."),
    })
    .meta({ id: "Earning", description: "A fee that an account earns from." }),
  *rows({ state }, params, _order, { limit, after, before, fromEnd }) {
    if (before !== undefined || fromEnd) {
      throw new Problem("forwards-only", "last, before: this list can only be read forwards");
    }
    const { fees, next } = yield* earningFees(state, params.address, {
      limit,
      after: after === undefined ? -1 : feeOf(state, after).row,
      ...periodOf(params),
    });
    const items = fees.flatMap(({ fee: row, currency, parts }) => {
      const fee = state.fees.at(row);
      if (!fee) return [];
      const shown = parts.map((part) => ({
        asset: part.asset,
        assetName: nameOf(state, part.asset),
        kept: showAmount(state, part.kept, currency),
        shareholders: showAmount(state, part.shareholders, currency),
        shares: String(part.shares),
        due: showAmount(state, part.due, currency),
        via: part.via,
      }));
      return [{ cursor: fee.id, item: { fee: showFee(state, fee), parts: shown } }];
    });
    return { items, more: { after: next !== undefined, before: after !== undefined } };
  },
});

const FIFO =
  "Units of money cannot be told apart, so this is first in, first out: what was paid first counts as settled first and claimed first.";

function* progressOf({ state }: View, id: string): Walk<{ hops: HopProgress[]; assets: AssetProgress[] }> {
  const fee = feeOf(state, id);
  return yield* traceProgress(state, yield* traceFee(state, fee), fee.currency);
}

export const progressHops = list({
  name: "feeProgressHops",
  subject: "Fees",
  path: "/fees/{fee}/progress/hops",
  summary: "The part of a fee that each release has settled so far",
  description: `${FIFO} Formula: settled = clamp(S − from, 0, received). S is all that the release has settled. \`from\` is what it receives from all earlier fees, as if every release were settled.`,
  links: [{ on: "Fee", field: "progressHops", param: "fee" }],
  cost: 100,
  params: { fee: feeId },
  filters: {},
  item: z
    .object({
      release: releaseId(),
      received: Amount.describe("The part of the fee that reaches the release."),
      settled: Amount.describe("The part of `received` that the release has settled so far."),
    })
    .meta({ id: "HopProgress", description: "The part of a fee that one release has settled so far." }),
  *rows(view, params, { descending }) {
    const { hops } = yield* progressOf(view, params.fee);
    const { currency } = feeOf(view.state, params.fee);
    return rowsOf(
      hops,
      ({ release }) => String(release),
      (hop) => ({
        release: hop.release,
        received: showAmount(view.state, hop.received, currency),
        settled: showAmount(view.state, hop.settled, currency),
      }),
      { descending },
    );
  },
});

export const progressAssets = list({
  name: "feeProgressAssets",
  subject: "Fees",
  path: "/fees/{fee}/progress/assets",
  summary: "The parts of a fee that are settled, claimable and claimed so far, by asset",
  description: `${FIFO} Formula: settled = clamp(I − from, 0, kept). I is the asset's settled income. \`from\` is its income from all earlier fees, as if every release were settled. Shareholders: settled = D(from + settled) − D(from) and claimed = clamp(C − D(from), 0, settled), with D(x) = ⌊x · (1e6 − c) / 1e6⌋ and C all that they have claimed; claimable is the rest of their settled part.`,
  links: [{ on: "Fee", field: "progressAssets", param: "fee" }],
  cost: 100,
  params: { fee: feeId },
  filters: {},
  item: z
    .object({
      asset: assetId(),
      assetName,
      kept: Amount.describe(
        "The part of the fee that the asset keeps once every release is settled, commons included.",
      ),
      settled: Amount.describe("The part of `kept` that is settled: income of the asset."),
      commonsDue: Amount.describe("The commons' part of `kept`."),
      commonsSettled: Amount.describe("The part of `commonsDue` that is settled."),
      commonsSwept: Amount.describe("The part of `commonsSettled` that was swept: added to the beneficiary's credit."),
      shareholdersDue: Amount.describe("The shareholders' part of `kept`."),
      shareholdersSettled: Amount.describe("The part of `shareholdersDue` that is settled."),
      shareholdersClaimed: Amount.describe("The part of `shareholdersSettled` that shareholders have claimed."),
      shareholdersClaimable: Amount.describe("The part of `shareholdersSettled` that is not claimed yet."),
    })
    .meta({
      id: "AssetProgress",
      description: "The parts of a fee that are settled, claimable and claimed at one asset.",
    }),
  *rows(view, params, { descending }) {
    const { assets } = yield* progressOf(view, params.fee);
    const { currency } = feeOf(view.state, params.fee);
    const amount = (base: bigint) => showAmount(view.state, base, currency);
    return rowsOf(
      assets,
      ({ asset }) => String(asset),
      ({ asset, kept, settled, commons, shareholders }) => ({
        asset,
        assetName: nameOf(view.state, asset),
        kept: amount(kept),
        settled: amount(settled),
        commonsDue: amount(commons.due),
        commonsSettled: amount(commons.settled),
        commonsSwept: amount(commons.swept),
        shareholdersDue: amount(shareholders.due),
        shareholdersSettled: amount(shareholders.settled),
        shareholdersClaimed: amount(shareholders.claimed),
        shareholdersClaimable: amount(shareholders.claimable),
      }),
      { descending },
    );
  },
});
