import { type Abi, decodeFunctionResult, encodeFunctionData, type Hex } from "viem";
import { ledgerAbi, registryAbi } from "#protocol/abis.ts";
import type { Walk } from "../../scheduling/walk.ts";
import { claimableOfHolding } from "../../graph/settled/projectedBooks.ts";
import type { Expectation } from "../book.ts";
import type { LedgerState } from "../../ledger/state.ts";

/** The number of expectations that are made in a turn. */
const A_TURN = 64;

/**
 * Lists everything in the state that can be compared with the contracts: releases with their edges and terms, their
 * received and settled amounts, incomes, holdings with shares, marks and claimable amounts, credits, owners, metadata,
 * grants and identities.
 */
export function* expectations(state: LedgerState, included: () => boolean): Walk<Expectation[]> {
  const expected: Expectation[] = [];
  let steps = 0;
  for (const each of all(state, included)) {
    if (each) expected.push(each);
    if (++steps % A_TURN === 0) yield;
  }
  return expected;
}

function* all(state: LedgerState, included: () => boolean): Generator<Expectation | undefined> {
  const { releases, assets, accounts, holdings } = state;
  const currencies = [...state.currencies.keys()];
  yield ledger("the number of releases", "releaseCount", [], String(releases.size));
  yield ledger("the admitted currencies", "currencies", [], currencies.join());

  for (const id of releases.keys()) {
    if (included()) yield ledger(`release ${id}`, "releaseInfo", [id], releaseAsText(state, id));
    else yield undefined;
  }
  for (let row = 0; row < assets.size; row++) {
    if (!included()) {
      yield undefined;
      continue;
    }
    const [id, owner, digest] = [assets.id.get(row), assets.owner.get(row), assets.metadataDigest.get(row)];
    yield registry(`owner of asset ${id}`, "ownerOf", [BigInt(id)], owner ?? "");
    yield registry(`metadata of asset ${id}`, "metadataDigest", [id], digest ?? "");
    const identity = state.identities.get(id);
    yield registry(`identity of asset ${id}`, "identityOf", [id], `${identity !== undefined},${identity ?? 0n}`);
  }
  for (const [row, currency] of currencies.entries()) {
    const books = state.books[row];
    if (!books) continue;
    for (const id of releases.keys()) {
      const [received, settled] = [books.received.get(id - 1), books.settled.get(id - 1)];
      if (!included()) yield undefined;
      else yield ledger(`flow of release ${id} in ${currency}`, "flowOf", [id, currency], `${received},${settled}`);
    }
    for (let asset = 0; asset < assets.size; asset++) {
      const [id, income, swept] = [assets.id.get(asset), books.income.get(asset), books.commonsSwept.get(asset)];
      if (!included()) yield undefined;
      else yield ledger(`income of asset ${id} in ${currency}`, "incomeOf", [id, currency], `${income},${swept}`);
    }
    for (let holding = 0; holding < holdings.length; holding++) {
      if (!included()) {
        yield undefined;
        continue;
      }
      const account = accounts.address(holdings.account.get(holding));
      const id = assets.id.get(holdings.asset.get(holding));
      const claimable = claimableOfHolding(state, holding, currency, books.income.get(holdings.asset.get(holding)));
      const held = `${books.mark.get(holding)},${books.accruedOf(holding)}`;
      yield ledger(`holding of ${account} in asset ${id}, ${currency}`, "holdingOf", [account, id, currency], held);
      yield ledger(
        `claimable by ${account} of asset ${id} in ${currency}`,
        "claimable",
        [account, [id], currency],
        `${claimable}`,
      );
    }
    for (const [account, address] of accounts.addresses.values.entries()) {
      if (!included()) yield undefined;
      else
        yield ledger(
          `credit of ${address} in ${currency}`,
          "creditOf",
          [address, currency],
          `${books.credit.get(account)}`,
        );
    }
  }
  for (let holding = 0; holding < holdings.length; holding++) {
    const account = accounts.address(holdings.account.get(holding));
    const id = assets.id.get(holdings.asset.get(holding));
    if (!included()) yield undefined;
    else
      yield ledger(
        `shares of ${account} in asset ${id}`,
        "balanceOf",
        [account, BigInt(id)],
        `${holdings.shares.get(holding)}`,
      );
  }
  for (const grant of state.grants.keys()) {
    const [release, to = ""] = grant.split(":");
    if (!included()) yield undefined;
    else if (to.startsWith("0x")) yield registry(`grant ${grant}`, "accountGrant", [Number(release), to], "true");
    else yield registry(`grant ${grant}`, "assetGrant", [Number(release), Number(to)], "true");
  }
  for (const digest of state.spentGrants.keys()) {
    yield included() ? registry(`signed grant ${digest}`, "grantSpent", [digest], "true") : undefined;
  }
  for (const approval of state.shareOperators.keys()) {
    const parties = approval.split(":");
    yield included() ? ledger(`share operator ${approval}`, "isApprovedForAll", parties, "true") : undefined;
  }
}

function releaseAsText(state: LedgerState, id: number): string {
  const { releases } = state;
  const row = id - 1;
  const release = releases.get(id);
  if (!release) return "";
  return asText({
    asset: releases.asset.get(row),
    kind: state.assets.kind.get(state.assets.rowOfRelease(releases, row)),
    ownWeight: release.ownWeightPpm,
    floor: release.floorPpm,
    keep: state.assets.get(release.asset)?.keepPpm ?? 0,
    byGrant: release.byGrant,
    retired: release.retired,
    contributions: release.contributions.map((edge) => ({ release: edge.release, weight: edge.weightPpm })),
  });
}

const ledger = (what: string, functionName: string, args: readonly unknown[], expected: string) =>
  expectation("ledger", ledgerAbi, what, functionName, args, expected);
const registry = (what: string, functionName: string, args: readonly unknown[], expected: string) =>
  expectation("registry", registryAbi, what, functionName, args, expected);

function expectation(
  contract: "registry" | "ledger",
  abi: Abi,
  what: string,
  functionName: string,
  args: readonly unknown[],
  expected: string,
): Expectation {
  const read = (answer: Hex) => asText(decodeFunctionResult({ abi, functionName, data: answer }));
  return { what, contract, call: encodeFunctionData({ abi, functionName, args }), read, expected };
}

/** Formats a value: numbers, addresses and lists of them, separated by commas. For a structure, it formats only the values. */
function asText(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join();
  if (typeof value === "object" && value !== null) return asText(Object.values(value));
  return String(value as string | number | bigint | boolean).toLowerCase();
}

/** Estimates the number of expectations of a state. */
export function expectationCount(state: LedgerState): number {
  const { releases, assets, holdings, accounts, currencies, grants, spentGrants, shareOperators } = state;
  const perCurrency = releases.size + assets.size + 2 * holdings.length + accounts.length;
  const once = releases.size + 3 * assets.size + holdings.length;
  return currencies.size * perCurrency + once + grants.size + spentGrants.size + shareOperators.size;
}
