import { type Address, zeroAddress } from "viem";
import type { LedgerEvent } from "#protocol/events.ts";
import { plainText, replaceUnsafe } from "#protocol/texts/plainText.ts";
import { parseMetadata } from "./parseMetadata.ts";
import { inheritedFloorUp, portionBetween, portionDown } from "#protocol/split.ts";
import { TOTAL_SHARES, WHOLE_PPM } from "#protocol/limits.ts";
import type { LedgerState } from "./state.ts";
import type { Position } from "../journal.ts";
import type { Books } from "./tables/holdings.ts";
import { KINDS, ROLES } from "#protocol/kinds.ts";

/** An event contradicts the contracts' own rules: the fold, the contracts or the log is wrong. */
export class LedgerContradiction extends Error {
  override name = "LedgerContradiction";
}

/**
 * Applies one event to the ledger's state, in place. It uses no clock, input or output: the same events always give the
 * same state. It computes every amount itself, and compares it with the amount in the event if there is one.
 *
 * @throws {LedgerContradiction} if the two differ. The state may then be changed in part: undo the change or drop the
 * state.
 */
export function applyEvent(state: LedgerState, event: LedgerEvent, position: Position): void {
  if (event.contract === "registry") applyRegistryEvent(state, event, position);
  else applyLedgerEvent(state, event, position);
}

function applyRegistryEvent(
  state: LedgerState,
  event: Extract<LedgerEvent, { contract: "registry" }>,
  position: Position,
): void {
  switch (event.eventName) {
    case "AssetRegistered": {
      const { asset: id, registrant, kind, keep, metadata } = event.args;
      state.assets.register({
        id,
        kind: required(KINDS[kind], `kind ${kind}`),
        keepPpm: keep,
        owner: zeroAddress, // until the token's first transfer, which follows
        registrant,
        ...parseMetadata(metadata),
        registered: position,
      });
      return;
    }
    case "ReleasePublished":
      return publish(state, event.args, position);
    case "Transfer": {
      const { tokenId, to } = event.args;
      return state.assets.owner.set(assetRow(state, Number(tokenId), "transferred"), to);
    }
    case "MetadataChanged": {
      const { asset, metadata } = event.args;
      return state.assets.setMetadata(assetRow(state, asset, "described"), parseMetadata(metadata));
    }
    case "AccountGrantSet":
      return setMember(state.grants, `${event.args.release}:${event.args.account}`, event.args.granted);
    case "AssetGrantSet":
      return setMember(state.grants, `${event.args.release}:${event.args.asset}`, event.args.granted);
    case "RegistryCreated":
      return state.creation.set("identityRegistry", event.args.identityRegistry);
    case "GrantSpent":
      return state.spentGrants.set(event.args.digest, true);
    case "IdentityBound":
      return state.identities.set(event.args.asset, event.args.identity);
    default:
      // Approvals to move assets and metadata hints to marketplaces change neither the graph nor the money.
      return;
  }
}

type PublishedArgs = Extract<LedgerEvent, { eventName: "ReleasePublished" }>["args"];

function publish(state: LedgerState, published: PublishedArgs, position: Position): void {
  const { release: id, asset, edges, floor, byGrant, label, digest, uri } = published;
  const { releases, assets } = state;
  expect(id === releases.size + 1, () => `release ${id} published after ${releases.size} releases`);
  const contributions = edges.map((edge) => ({ release: Number(edge >> 24n), weightPpm: Number(edge & 0xffffffn) }));
  let previous = 0;
  let inherited = 0;
  let sum = 0;
  for (const { release: parent, weightPpm } of contributions) {
    expect(releases.has(parent), () => `release ${id} names unknown release ${parent}`);
    const parentFloor = releases.floorPpm.get(parent - 1);
    expect(parent > previous, () => `the contributions of release ${id} do not ascend`);
    expect(weightPpm >= Math.max(1, parentFloor), () => `release ${id} passes ${parent} less than its floor`);
    expect(!releases.isRetired(parent), () => `release ${id} names retired release ${parent}`);
    inherited = Math.max(inherited, inheritedFloorUp(parentFloor, weightPpm));
    previous = parent;
    sum += weightPpm;
  }
  const row = assetRow(state, asset, `named by release ${id}`);
  expect(floor >= inherited, () => `the floor of release ${id} is below what it inherits`);
  expect(WHOLE_PPM - sum >= assets.keepPpm.get(row), () => `release ${id} keeps less than its asset promised`);
  releases.push({
    asset,
    label: plainText(label),
    digest,
    uri: replaceUnsafe(uri, ""),
    ownWeightPpm: WHOLE_PPM - sum,
    floorPpm: floor,
    byGrant,
    contributions,
    published: position,
  });
  assets.addRelease(row, id);
}

function applyLedgerEvent(
  state: LedgerState,
  event: Extract<LedgerEvent, { contract: "ledger" }>,
  position: Position,
): void {
  switch (event.eventName) {
    case "LedgerCreated": {
      for (const name of ["registry", "admin", "wrappedNative", "commonsBeneficiary", "commonsPpm"] as const) {
        state.creation.set(name, event.args[name]);
      }
      return;
    }
    case "CurrencyAdmitted": {
      const { currency: address, symbol, decimals } = event.args;
      return state.currencies.push({ address, symbol: plainText(symbol), decimals });
    }
    case "RetiredSet":
      expect(state.releases.has(event.args.release), () => `unknown release ${event.args.release} retired`);
      return state.releases.setRetired(event.args.release, event.args.retired);
    case "SharesAllocated": {
      const { asset, account, role, shares } = event.args;
      expect(ROLES[role] !== undefined, () => `role ${role}`);
      return state.assets.allocate(state.assets.getOrAddRow(asset), account, role, shares);
    }
    case "FeePaid": {
      const { release, currency, payer, amount, ref, source } = event.args;
      expect(state.releases.has(release), () => `a fee into unknown release ${release}`);
      const currencyRow = rowOfCurrency(state, currency);
      const books = booksAt(state, currencyRow);
      if (source === state.ledger) payFromCredit(state, books, payer, amount);
      books.received.add(release - 1, amount);
      books.direct.add(release - 1, amount);
      state.fees.currency.push(currencyRow);
      state.fees.payer.push(state.accounts.getOrAddRow(payer));
      state.fees.source.push(state.accounts.getOrAddRow(source));
      state.fees.amount.push(amount);
      state.fees.reference.push(ref);
      state.fees.paid.push(position);
      state.fees.release.push(release);
      return;
    }
    case "Settled": {
      const books = booksOf(state, event.args.currency);
      for (const release of event.args.releases) settleRelease(state, release, books);
      return;
    }
    case "Claimed":
    case "ClaimedToCredit": {
      const { account, currency, amount, assets } = event.args;
      if (amount === 0n && !state.currencies.has(currency)) return; // anyone can claim zero of a currency that is not admitted
      const currencyRow = rowOfCurrency(state, currency);
      const books = booksAt(state, currencyRow);
      const accountRow = state.accounts.getOrAddRow(account);
      let paid = 0n;
      for (const asset of assets) paid += payOut(state, accountRow, asset, books);
      expect(paid === amount, () => `${account} claimed ${amount} of ${currency}, but was due ${paid}`);
      const toCredit = event.eventName === "ClaimedToCredit";
      if (toCredit) {
        addCredit(state, books, account, amount);
        books.claimedCredit.add(accountRow, amount);
        state.lastToCredit = { transactionHash: position.transactionHash, account, assets };
      } else markActed(state, account, assets);
      state.claims.currency.push(currencyRow);
      state.claims.amount.push(amount);
      state.claims.toCredit.push(toCredit ? 1 : 0);
      state.claims.claimed.push(position);
      state.claims.account.push(accountRow);
      return;
    }
    case "CommonsSwept": {
      if (event.args.amount === 0n && !state.currencies.has(event.args.currency)) return;
      const books = booksOf(state, event.args.currency);
      const beneficiary = required(state.creation.get("commonsBeneficiary"), "a sweep before the commons was set");
      let swept = 0n;
      for (const asset of event.args.assets) {
        const row = state.assets.rowOf(asset);
        if (row === undefined) continue;
        const entitled = portionDown(books.income.get(row), state.commonsPpm);
        swept += entitled - books.commonsSwept.get(row);
        books.commonsSwept.set(row, entitled);
      }
      expect(swept === event.args.amount, () => `the commons swept ${event.args.amount}, but was due ${swept}`);
      return addCredit(state, books, beneficiary as Address, swept); // `creation` has an address under this name
    }
    case "Deposited": {
      const { account, currency, amount } = event.args;
      if (amount === 0n) return;
      return addCredit(state, booksOf(state, currency), account, amount);
    }
    case "Withdrawn": {
      const { account, currency, amount } = event.args;
      if (amount === 0n) return;
      markActed(state, account, state.creditedAssets(account, position.transactionHash));
      return withdraw(state, booksOf(state, currency), account, amount);
    }
    case "ApprovalForAll":
      return setMember(state.shareOperators, `${event.args.account}:${event.args.operator}`, event.args.approved);
    case "TransferSingle":
      moveShares(state, event.args.from, event.args.to, event.args.id, event.args.value);
      return markActed(state, event.args.operator, [Number(event.args.id)]);
    case "TransferBatch": {
      const { from, to, ids, values } = event.args;
      for (const [i, id] of ids.entries()) moveShares(state, from, to, id, required(values[i], "an uneven batch"));
      return markActed(state, event.args.operator, ids.map(Number));
    }
    default:
      return;
  }
}

function settleRelease(state: LedgerState, id: number, books: Books): void {
  const { releases, assets } = state;
  expect(releases.has(id), () => `unknown release ${id} settled`);
  const row = id - 1;
  const settled = books.settled.get(row);
  const received = books.received.get(row);
  books.settled.set(row, received);
  const kept = portionBetween(settled, received, releases.ownWeightPpm.get(row));
  if (kept > 0n) books.income.add(assets.rowOfRelease(releases, row), kept);
  const [first, end] = releases.edgesOf(id);
  for (let edge = first; edge < end; edge++) {
    const passed = portionBetween(settled, received, releases.edgeWeightPpm.get(edge));
    if (passed > 0n) books.received.add(releases.edgeTo.get(edge) - 1, passed);
  }
}

function payOut(state: LedgerState, account: number, assetId: number, books: Books): bigint {
  const asset = state.assets.rowOf(assetId);
  if (asset === undefined) return 0n;
  const income = books.income.get(asset);
  if (income === 0n) return 0n;
  const holding = state.holdings.getOrAddRow(account, asset);
  checkpoint(state, books, holding, income);
  const paid = books.accrued.get(holding);
  books.accrued.set(holding, 0n);
  books.claimed.add(holding, paid);
  return paid;
}

/** Adds to a holding what its shares have earned since its last checkpoint: since the income was at the mark. */
function checkpoint(state: LedgerState, books: Books, holding: number, income: bigint): void {
  const earned = portionBetween(books.mark.get(holding), income, WHOLE_PPM - state.commonsPpm);
  books.mark.set(holding, income);
  const shares = state.holdings.shares.get(holding);
  if (shares > 0 && earned > 0n) books.setAccrued(holding, books.accruedOf(holding) + BigInt(shares) * earned);
}

function moveShares(state: LedgerState, from: Address, to: Address, id: bigint, value: bigint): void {
  // ERC-1155 allows transfers of zero shares of any id, registered or not.
  if (value === 0n && !state.assets.has(Number(id))) return;
  const asset = from === zeroAddress ? state.assets.getOrAddRow(Number(id)) : assetRow(state, Number(id), "sold");
  const pairs = [from, to].map((account) =>
    account === zeroAddress ? undefined : state.holdings.getOrAddRow(state.accounts.getOrAddRow(account), asset),
  );
  const [giver, taker] = pairs;
  if (giver !== undefined) {
    for (let currency = 0; currency < state.currencies.size; currency++) {
      const books = booksAt(state, currency);
      const income = books.income.get(asset);
      if (income === 0n) continue;
      for (const pair of pairs) if (pair !== undefined) checkpoint(state, books, pair, income);
    }
    setShares(state, giver, state.holdings.shares.get(giver) - Number(value));
  }
  if (taker !== undefined) setShares(state, taker, state.holdings.shares.get(taker) + Number(value));
}

function setShares(state: LedgerState, holding: number, shares: number): void {
  expect(shares >= 0 && shares <= Number(TOTAL_SHARES), () => `somebody would hold ${shares} shares of an asset`);
  state.holdings.shares.set(holding, shares);
  if (shares > 0) state.holdings.everHeld.set(holding, 1);
}

function addCredit(state: LedgerState, books: Books, account: Address, amount: bigint): void {
  if (amount === 0n) return;
  const row = state.accounts.getOrAddRow(account);
  const credit = books.credit.get(row) + amount;
  expect(credit >= 0n, () => `the credit of ${account} fell below zero`);
  books.credit.set(row, credit);
}

function withdraw(state: LedgerState, books: Books, account: Address, amount: bigint): void {
  addCredit(state, books, account, -amount);
  const row = state.accounts.getOrAddRow(account);
  const claimed = books.claimedCredit.get(row);
  if (claimed > 0n) books.claimedCredit.set(row, claimed > amount ? claimed - amount : 0n);
}

function payFromCredit(state: LedgerState, books: Books, account: Address, amount: bigint): void {
  addCredit(state, books, account, -amount);
  const row = state.accounts.getOrAddRow(account);
  if (books.credit.get(row) < books.claimedCredit.get(row)) books.claimedCredit.set(row, 0n);
}

/** Notes that an account acted on its shares of these assets itself. */
function markActed(state: LedgerState, account: Address, assets: readonly number[]): void {
  const accountRow = state.accounts.rowOf(account);
  if (accountRow === undefined) return;
  for (const id of assets) {
    const asset = state.assets.rowOf(id);
    const holding = asset === undefined ? undefined : state.holdings.rowOf(accountRow, asset);
    if (holding !== undefined && state.holdings.acted.get(holding) === 0) state.holdings.acted.set(holding, 1);
  }
}

function setMember(set: LedgerState["grants"], member: string, present: boolean): void {
  if (present) set.set(member, true);
  else set.delete(member);
}

function rowOfCurrency(state: LedgerState, currency: Address): number {
  const row = state.currencies.rowOf(currency);
  expect(row !== undefined, () => `${currency} is not admitted`);
  return row;
}

const booksAt = (state: LedgerState, row: number) => required(state.books[row], `currency ${row}`);
const booksOf = (state: LedgerState, currency: Address) => booksAt(state, rowOfCurrency(state, currency));

function assetRow(state: LedgerState, id: number, what: string): number {
  const row = state.assets.rowOf(id);
  expect(row !== undefined && state.assets.isRegistered(row), () => `unknown asset ${id} ${what}`);
  return row;
}

function expect(holds: boolean, reason: () => string): asserts holds {
  if (!holds) throw new LedgerContradiction(`The events contradict the ledger's rules: ${reason()}.`);
}

function required<T>(value: T | undefined, missing: string): T {
  expect(value !== undefined, () => missing);
  return value;
}
