import type { Address } from "viem";
import type { z } from "zod";
import { projectBooks } from "../graph/settled/projectedBooks.ts";
import { partitionPoint } from "../columns/partitionPoint.ts";
import { flowOf, incomeOf, type LedgerState } from "../ledger/state.ts";
import type { Asset, Fee, Release } from "../ledger/records.ts";
import type { JournalBlock, Position } from "../journal.ts";
import type { FinalBlock, ViewSource } from "../live/view.ts";
import type { Organization } from "../graph/economy/organizations.ts";
import type { StatementLine as LineOfStatement } from "../graph/earnings/statement.ts";
import { STEPS_A_TURN, type Walk } from "../scheduling/walk.ts";
import type { Lazy, Order } from "./question.ts";
import { readPage, type Rows } from "./rows.ts";
import type * as shapes from "./shapes.ts";

/** The highest number of items in a list inside another answer. */
export const INLINE = 50;

type Shown<T extends z.ZodType> = z.input<T>;

export const showBlock = (
  { number, hash, timestamp }: JournalBlock,
  { health: { final } }: Pick<ViewSource, "health">,
): Shown<typeof shapes.Block> => ({
  number: String(number),
  hash,
  timestamp,
  final: final !== undefined && number <= final.number,
});

export const showFinalBlock = ({ number, hash }: FinalBlock): Shown<typeof shapes.FinalBlock> => ({
  number: String(number),
  hash: hash ?? null,
});

export const showPosition = (at: Position): Shown<typeof shapes.Position> => ({
  ...at,
  blockNumber: String(at.blockNumber),
});

export function showAmount(state: LedgerState, base: bigint, address: Address): Shown<typeof shapes.Amount> {
  const currency = state.currencies.get(address) ?? { address, symbol: "", decimals: 0 };
  return { amount: String(base), currency };
}

export const nameOf = (state: LedgerState, asset: number) => state.assets.nameOf(asset) ?? null;

export const showOrganization = (given: Organization): Shown<typeof shapes.Organization> => ({
  organization: "organization" in given ? given.organization : null,
  asset: "asset" in given ? given.asset : null,
});

const currenciesOf = (state: LedgerState) => [...state.currencies.keys()];

export const showAssetSummary = (asset: Asset): Shown<typeof shapes.AssetSummary> => ({
  id: asset.id,
  name: asset.name ?? null,
  organization: asset.organization ?? null,
  kind: asset.kind,
  owner: asset.owner,
  releases: asset.releases.slice(-INLINE),
});

/** Lists the holders of an asset's shares, in the order in which they first held any. */
export function* shareholderRows(
  state: LedgerState,
  asset: number,
  { by, descending }: Order,
): Walk<Rows<Shown<typeof shapes.Shareholder>>> {
  const { holdings, accounts } = state;
  const assetRow = state.assets.rowOf(asset) ?? -1;
  const held: number[] = [];
  let steps = 0;
  for (const holding of holdings.ofAsset(assetRow)) {
    if (holdings.shares.get(holding) > 0) held.push(holding);
    if (++steps % STEPS_A_TURN === 0) yield;
  }
  held.reverse();
  const holdingAt = (place: number) => held[place] ?? -1;
  const accountAt = (place: number) => accounts.address(holdings.account.get(holdingAt(place)));
  const sharesAt = (place: number) => holdings.shares.get(holdingAt(place));
  return {
    length: held.length,
    at: (place) => ({ account: accountAt(place), shares: String(sharesAt(place)) }),
    cursorOf: accountAt,
    placeOf(cursor) {
      const account = accounts.rowOf(cursor as Address);
      const holding = account === undefined ? undefined : holdings.rowOf(account, assetRow);
      if (holding === undefined) return undefined;
      const place = partitionPoint(held.length, (each) => holdingAt(each) < holding);
      return held[place] === holding ? place : undefined;
    },
    descending,
    ...(by === "shares" && { keyOf: sharesAt }),
  };
}

/** Computes expensive fields only when they are read, since a GraphQL query may not ask for them. */
export function showAsset(state: LedgerState, asset: Asset): Lazy<Shown<typeof shapes.Asset>> {
  return {
    ...showAssetSummary(asset),
    keepPpm: asset.keepPpm,
    registrant: asset.registrant,
    metadata: asset.metadata,
    metadataBytes: asset.metadataBytes ?? null,
    metadataDigest: asset.metadataDigest,
    registered: showPosition(asset.registered),
    get allocations() {
      return state.assets
        .allocationsOf(asset.id)
        .slice(0, INLINE)
        .map((allocation) => ({ ...allocation, shares: String(allocation.shares) }));
    },
    get shareholders() {
      return largestShareholders(state, asset.id);
    },
    get income() {
      return incomesOf(state, asset.id);
    },
  };
}

function* largestShareholders(state: LedgerState, asset: number): Walk<Shown<typeof shapes.Shareholder>[]> {
  const rows = yield* shareholderRows(state, asset, { by: "shares", descending: true });
  const { items } = yield* readPage(rows, { limit: INLINE });
  return items.map(({ item }) => item);
}

function* incomesOf(state: LedgerState, asset: number): Walk<Shown<typeof shapes.AssetIncome>[]> {
  const row = state.assets.rowOf(asset) ?? -1;
  const incomes: Shown<typeof shapes.AssetIncome>[] = [];
  for (const currency of currenciesOf(state)) {
    const projected = yield* projectBooks(state, currency);
    incomes.push({
      settled: showAmount(state, incomeOf(state, asset, currency).income, currency),
      afterSettling: showAmount(state, projected.income.get(row), currency),
    });
  }
  return incomes;
}

export const showReleaseSummary = (state: LedgerState, release: Release): Shown<typeof shapes.ReleaseSummary> => ({
  ...release,
  assetName: nameOf(state, release.asset),
  published: showPosition(release.published),
});

export function showRelease(state: LedgerState, release: Release): Shown<typeof shapes.Release> {
  return {
    ...showReleaseSummary(state, release),
    get builtBy() {
      const newest: number[] = [];
      for (const edge of state.releases.namingEdgesOf(release.id)) {
        newest.push(state.releases.edgeFrom.get(edge));
        if (newest.length === INLINE) break;
      }
      return newest.toReversed();
    },
    get flows() {
      return currenciesOf(state).map((currency) => {
        const { received, settled, direct } = flowOf(state, release.id, currency);
        return {
          received: showAmount(state, received, currency),
          settled: showAmount(state, settled, currency),
          direct: showAmount(state, direct, currency),
        };
      });
    },
  };
}

export const showFee = (state: LedgerState, fee: Fee): Shown<typeof shapes.Fee> => ({
  id: fee.id,
  release: fee.release,
  assetName: nameOf(state, state.releases.asset.get(fee.release - 1)),
  payer: fee.payer,
  amount: showAmount(state, fee.amount, fee.currency),
  reference: fee.reference,
  source: fee.source,
  fromCredit: fee.source === state.ledger,
  paid: showPosition(fee.paid),
});

export function showClaim(state: LedgerState, row: number): Shown<typeof shapes.Claim> {
  const { account, currencyRow, amount, toCredit, claimed } = state.claims.at(row);
  const currency = state.currencies.at(currencyRow)?.address ?? state.ledger;
  return {
    id: state.claims.claimed.idOf(row),
    account,
    amount: showAmount(state, amount, currency),
    toCredit,
    claimed: showPosition(claimed),
  };
}

export const showStatementLine = (state: LedgerState, line: LineOfStatement): Shown<typeof shapes.StatementLine> => ({
  asset: line.asset,
  assetName: nameOf(state, line.asset),
  shares: String(line.shares),
  earned: showAmount(state, line.earned, line.currency),
  claimed: showAmount(state, line.claimed, line.currency),
  claimableNow: showAmount(state, line.claimableNow, line.currency),
  claimableAfterSettling: showAmount(state, line.claimableAfterSettling, line.currency),
});
