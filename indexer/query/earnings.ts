import { z } from "zod";
import { earningFees, earningsBetween } from "../graph/earnings/earnings.ts";
import { earnedSoFar } from "../graph/earnings/statement.ts";
import { traceFee } from "../graph/fees/traceFee.ts";
import { type AssetProgress, type HopProgress, traceProgress } from "../graph/fees/traceProgress.ts";
import type { Walk } from "../scheduling/walk.ts";
import type { View } from "../live/view.ts";
import { feeOf } from "./find.ts";
import { viewAt } from "./ask.ts";
import { address, feeId, period, periodOf, wholeNumber } from "./parameters.ts";
import { nameOf, showAmount, showFee } from "./present.ts";
import { Problem } from "./problem.ts";
import { list, single } from "./question.ts";
import { rowsOf } from "./rows.ts";
import { accountId, Amount, assetId, assetName, Fee, releaseId, Role, shareCount } from "./shapes.ts";

export const earned = single({
  name: "earned",
  subject: "Accounts",
  path: "/accounts/{address}/earned",
  summary: "What an account earned over a period, to the unit",
  description:
    "What was settled in between while it held the shares: claimed and claimable at the block that is asked about (`block`, the newest unless given), less what it was at the block `sinceBlock`. From whom and along which path: `/accounts/{address}/earnings`.",
  cost: 1_000,
  params: {
    address: address("An account, in upper or lower case."),
    sinceBlock: wholeNumber(0, Number.MAX_SAFE_INTEGER).describe("The block at whose end the period begins."),
  },
  answer: z
    .object({
      account: accountId(),
      sinceBlock: z.string().describe("The block at whose end the period begins."),
      lines: z
        .array(
          z
            .object({
              asset: assetId(),
              assetName,
              earned: Amount.describe("Claimed or claimable at the end and not at the beginning."),
              claimed: Amount.describe("What was paid out in between."),
              sharesBefore: shareCount("Held at the beginning, of 100,000,000."),
              sharesAfter: shareCount("Held at the end, of 100,000,000."),
              allocations: z
                .array(
                  z.object({ role: Role, shares: shareCount() }).meta({ id: "OwnAllocation", description: "Why." }),
                )
                .describe("What the account got shares for when the asset was registered."),
            })
            .meta({ id: "EarnedLine", description: "What one asset brought in one currency." }),
        )
        .describe("By asset and currency that brought something."),
    })
    .meta({ id: "Earned", description: "What an account earned over a period." }),
  *run({ state, block }, params) {
    // Names and currencies are read now; the state may be another by the time that the earlier one is there.
    const end = yield* earnedSoFar(state, params.address);
    const names = new Map(end.map(({ asset }) => [asset, nameOf(state, asset)]));
    return { ...params, end, names, until: block.number, currencies: [...state.currencies.values()] };
  },
  async complete(source, { address: account, sinceBlock, end, names, until, currencies }) {
    const from = BigInt(sinceBlock);
    if (from > until) {
      throw new Problem(
        "conflicting-parameters",
        `sinceBlock: the period would end before it begins, at block ${until}`,
      );
    }
    const { startBlock } = source.source;
    const before = from < startBlock ? undefined : await viewAt(source, from);
    const start = before ? await before.turns.walk(() => earnedSoFar(before.state, account)) : [];
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
      sinceBlock: String(sinceBlock),
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
  summary: "From whom, along which path and why an account earns, fee by fee",
  description:
    "The fees that bring something to an asset which the account holds shares of, in the order of payment. Formula: with I what the asset has of all earlier fees and k what it keeps of this one, both fully settled, D(x) = ⌊x · (1e6 − c) / 1e6⌋ and s the account's shares, due = ⌊D(I + k) · s / 1e8⌋ − ⌊D(I) · s / 1e8⌋. A proxy where shares moved: s is what the account holds at the block that is asked about.",
  links: [{ on: "Account", field: "earnings", param: "address" }],
  cost: 500,
  params: { address: address("An account, in upper or lower case.") },
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
              kept: Amount.describe("What the asset keeps of the fee."),
              shareholders: Amount.describe("What of that is the shareholders'."),
              shares: shareCount("The account's, of 100,000,000."),
              due: Amount.describe("What of that is the account's."),
              via: z.array(releaseId()).describe("From the paid release to the asset's, along the strongest path."),
            })
            .meta({ id: "EarnedPart", description: "What one asset keeps of a fee, and the account's part of that." }),
        )
        .describe("By asset."),
    })
    .meta({ id: "Earning", description: "A fee that an account earns of." }),
  *rows({ state }, params, _order, { limit, after, before, fromEnd }) {
    if (before !== undefined || fromEnd) {
      throw new Problem("forwards-only", "last, before: this list is read forwards only");
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
  "By FIFO accounting, since money has no marks on it: what was paid first counts as settled first and claimed first.";

function* progressOf({ state }: View, id: string): Walk<{ hops: HopProgress[]; assets: AssetProgress[] }> {
  const fee = feeOf(state, id);
  return yield* traceProgress(state, yield* traceFee(state, fee), fee.currency);
}

export const progressHops = list({
  name: "feeProgressHops",
  subject: "Fees",
  path: "/fees/{fee}/progress/hops",
  summary: "What of a fee each release has passed on by now",
  description: `${FIFO} Formula: settled = clamp(S − from, 0, received), with S what the release settled and \`from\` what it had received of all earlier fees, fully settled.`,
  links: [{ on: "Fee", field: "progressHops", param: "fee" }],
  cost: 100,
  params: { fee: feeId },
  filters: {},
  item: z
    .object({ release: releaseId(), received: Amount, settled: Amount.describe("What of that was passed on.") })
    .meta({ id: "HopProgress", description: "How far a fee has come at a release." }),
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
  summary: "What of a fee is settled, claimable and claimed by now, by asset",
  description: `${FIFO} Formula: settled = clamp(I − from, 0, kept), with I the asset's income now and \`from\` its income of all earlier fees; of the shareholders' part D(from + settled) − D(from), claimed = clamp(C − D(from), 0, settled), with C all that they claimed, and claimable is the rest.`,
  links: [{ on: "Fee", field: "progressAssets", param: "fee" }],
  cost: 100,
  params: { fee: feeId },
  filters: {},
  item: z
    .object({
      asset: assetId(),
      assetName,
      kept: Amount.describe("What the asset is due of the fee."),
      settled: Amount.describe("What of it is income by now."),
      commonsDue: Amount,
      commonsSettled: Amount,
      commonsSwept: Amount,
      shareholdersDue: Amount,
      shareholdersSettled: Amount,
      shareholdersClaimed: Amount,
      shareholdersClaimable: Amount,
    })
    .meta({ id: "AssetProgress", description: "How far a fee has come at an asset." }),
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
