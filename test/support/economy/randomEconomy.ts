import type { Address } from "viem";
import { seededRandom } from "#node/seededRandom.ts";
import type { LedgerState } from "../../../indexer/ledger/state.ts";
import { addRelease, emptyGraph, pay, USD } from "./graphs.ts";

export const PEOPLE: Address[] = [1, 2, 3, 4].map((i): Address => `0x${String(i).repeat(40)}`);

/** Creates a small random graph with shareholders and fees, without any settlement. */
export function randomEconomy(seed = 1, releases = 40, fees = 60): LedgerState {
  const { next: random } = seededRandom(seed);
  const below = (most: number) => Math.floor(random() * most);
  const state = emptyGraph();
  for (let id = 1; id <= releases; id++) {
    const parents = new Set(Array.from({ length: Math.min(id - 1, below(4)) }, () => 1 + below(id - 1)));
    const contributions = [...parents]
      .sort((a, b) => a - b)
      .map((release) => ({ release, weightPpm: 1 + below(250_000) }));
    const asset = id > 5 && below(3) === 0 ? 1 + below(5) : id;
    addRelease(state, contributions, asset);
    const row = state.assets.rowOf(asset) ?? 0;
    if (asset !== id) continue;
    state.assets.organization.set(row, ["Acme", undefined, "=HYPERLINK(1)"][below(3)]);
    const [first, second] = [PEOPLE[below(2)], PEOPLE[2 + below(2)]] as [Address, Address];
    for (const [account, shares] of [
      [first, 60_000_000],
      [second, 40_000_000],
    ] as const) {
      const holding = state.holdings.getOrAddRow(state.accounts.getOrAddRow(account), row);
      state.holdings.shares.set(holding, shares);
      state.holdings.everHeld.set(holding, 1);
      state.assets.allocate(row, account, below(11), BigInt(shares));
    }
  }
  for (let i = 0; i < fees; i++) pay(state, 1 + below(releases), BigInt(below(1_000_000)), PEOPLE[below(4)]);
  const [claimant = USD] = PEOPLE;
  for (let i = 0; i < 5; i++) {
    state.claims.currency.push(0);
    state.claims.amount.push(BigInt(i));
    state.claims.toCredit.push(i % 2);
    state.claims.claimed.push({ blockNumber: 2n, logIndex: i, timestamp: i, transactionHash: `0x${"0".repeat(64)}` });
    state.claims.account.push(state.accounts.getOrAddRow(claimant));
  }
  return state;
}
