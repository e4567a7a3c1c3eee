import { type Address, zeroHash } from "viem";
import { LedgerState } from "../../../indexer/ledger/state.ts";
import type { Fee } from "../../../indexer/ledger/records.ts";
import type { Position } from "../../../indexer/journal.ts";

export const USD: Address = "0x00000000000000000000000000000000000000d0";
const NOWHERE: Position = { blockNumber: 1n, logIndex: 0, timestamp: 0, transactionHash: zeroHash };

/** Creates a state with one currency and no releases. */
export function emptyGraph(): LedgerState {
  const state = new LedgerState(USD);
  state.creation.set("commonsBeneficiary", USD);
  state.creation.set("commonsPpm", 10_000);
  state.currencies.push({ address: USD, symbol: "USD", decimals: 6 });
  return state;
}

/** Adds a release. Default: of an asset of its own. */
export function addRelease(
  state: LedgerState,
  contributions: { release: number; weightPpm: number }[],
  asset = state.releases.size + 1,
): number {
  const id = state.releases.size + 1;
  if (asset === id) {
    state.assets.register({
      id,
      kind: "model",
      keepPpm: 0,
      owner: USD,
      registrant: USD,
      metadata: "",
      metadataBytes: undefined,
      metadataDigest: zeroHash,
      name: `asset ${id}`,
      organization: undefined,
      registered: NOWHERE,
    });
  }
  state.releases.push({
    asset,
    label: "1",
    digest: zeroHash,
    uri: "",
    ownWeightPpm: 1_000_000 - contributions.reduce((sum, { weightPpm }) => sum + weightPpm, 0),
    floorPpm: 0,
    byGrant: false,
    contributions,
    published: NOWHERE,
  });
  state.assets.addRelease(state.assets.rowOf(asset) ?? 0, id);
  return id;
}

/** Creates releases, each of an asset of its own, from their contributions: `{ 2: { 1: 300_000 } }`. */
export function graphOf(contributions: Record<number, Record<number, number>>, releases: number): LedgerState {
  const state = emptyGraph();
  for (let id = 1; id <= releases; id++) {
    addRelease(
      state,
      Object.entries(contributions[id] ?? {}).map(([release, weightPpm]) => ({ release: Number(release), weightPpm })),
    );
  }
  return state;
}

/** Records a fee as the fold does. */
export function pay(state: LedgerState, release: number, amount: bigint, payer: Address = USD): Fee {
  const row = state.fees.length;
  state.books[0]?.received.add(release - 1, amount);
  state.books[0]?.direct.add(release - 1, amount);
  state.fees.currency.push(0);
  state.fees.payer.push(state.accounts.getOrAddRow(payer));
  state.fees.source.push(state.accounts.getOrAddRow(payer));
  state.fees.amount.push(amount);
  state.fees.reference.push(zeroHash);
  state.fees.paid.push({ ...NOWHERE, logIndex: row });
  state.fees.release.push(release);
  const fee = state.fees.at(row);
  if (!fee) throw new Error("The fee was not booked.");
  return fee;
}
