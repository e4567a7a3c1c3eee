import { type Address, type Hex, stringToHex, zeroAddress, zeroHash } from "viem";
import type { LedgerEvent } from "#protocol/events.ts";
import { decodeLog } from "../../../indexer/books/contracts.ts";
import { ledgerAbi, registryAbi } from "#protocol/abis.ts";
import { applyEvent } from "../../../indexer/ledger/applyEvent.ts";
import { claimableNow } from "../../../indexer/graph/settled/projectedBooks.ts";
import { LedgerState } from "../../../indexer/ledger/state.ts";
import { sharesHeld, shareholdersOf } from "../../support/economy/holders.ts";
import type { JournalLog } from "../../../indexer/journal.ts";
import { seededRandom } from "#node/seededRandom.ts";
import { eventEncoders } from "./eventEncoders.ts";

const address = (n: number): Address => `0x${n.toString(16).padStart(40, "0")}`;
const LEDGER = address(0x1ed9e4);
const CURRENCIES = [address(0xd011a4), address(0xe7e4)] as const;
const WHOLE_SHARES = 100_000_000;
const LOGS_A_BLOCK = 100;

const encoders = { registry: eventEncoders(registryAbi), ledger: eventEncoders(ledgerAbi) };

/** Encodes one event after the other as a log, and keeps the resulting state of the ledger. */
class Chronicle {
  readonly logs: JournalLog[] = [];
  readonly state = new LedgerState(LEDGER);

  emit(contract: "registry" | "ledger", eventName: string, args: Record<string, unknown>): void {
    const encode = encoders[contract].get(eventName);
    if (!encode) throw new Error(`The ${contract} has no event ${eventName}.`);
    const count = this.logs.length;
    const block = Math.floor(count / LOGS_A_BLOCK);
    const transactionHash: Hex = `0x${Math.floor(count / 2)
      .toString(16)
      .padStart(64, "0")}`;
    const [blockNumber, logIndex] = [BigInt(block), count % LOGS_A_BLOCK];
    const log = { contract, blockNumber, logIndex, transactionHash, ...encode(args) };
    this.logs.push(log);
    const event = decodeLog(log);
    if (event)
      applyEvent(this.state, event as LedgerEvent, { blockNumber, logIndex, transactionHash, timestamp: 12 * block });
  }
}

/**
 * Makes this many logs that the two contracts could have emitted in this order: registrations, publications, fees,
 * settlements, claims and transfers of shares. Most of them concern a few releases and accounts.
 */
export function syntheticLogs(count: number, seed = 1): { ledger: Address; logs: JournalLog[] } {
  const random = seededRandom(seed);
  const chronicle = new Chronicle();
  const { state, logs } = chronicle;
  const unsettled = new Set<number>();
  const account = () => address(0x1_0000 + Math.floor((count / 100) * random.next() ** 3));
  const anyRelease = () => 1 + Math.floor(state.releases.size * random.next() ** 3);
  const currency = () => (random.next() < 0.8 ? CURRENCIES[0] : CURRENCIES[1]);

  chronicle.emit("registry", "RegistryCreated", { ledger: LEDGER, identityRegistry: zeroAddress });
  chronicle.emit("ledger", "LedgerCreated", {
    registry: address(0x4e9),
    admin: address(1),
    wrappedNative: zeroAddress,
    commonsBeneficiary: address(2),
    commonsPpm: 10_000,
  });
  for (const [i, admitted] of CURRENCIES.entries()) {
    chronicle.emit("ledger", "CurrencyAdmitted", { currency: admitted, symbol: `C${i}`, decimals: 6 });
  }
  for (let i = 0; i < 10; i++) register();
  while (logs.length < count) {
    const dice = random.next();
    if (dice < 0.05) register();
    else if (dice < 0.1) publish(state.assets.id.get(random.between(0, state.assets.size - 1)));
    else if (dice < 0.6) pay();
    else if (dice < 0.8) settle();
    else if (dice < 0.92) claim();
    else sell();
  }
  logs.length = count;
  return { ledger: LEDGER, logs };

  function register(): void {
    const asset = state.releases.size + 1;
    const [owner, friend] = [account(), account()];
    const parts: [Address, number][] =
      owner === friend
        ? [[owner, WHOLE_SHARES]]
        : [
            [owner, WHOLE_SHARES - 1_000_000],
            [friend, 1_000_000],
          ];
    for (const [to, shares] of parts) {
      const minted = { operator: owner, from: zeroAddress, to, id: asset, value: shares };
      chronicle.emit("ledger", "TransferSingle", minted);
      chronicle.emit("ledger", "SharesAllocated", { asset, account: to, role: random.between(0, 10), shares });
    }
    const metadata = {
      name: `asset ${asset}`,
      organization: `organization ${asset % 997}`,
      description: "x".repeat(150),
    };
    chronicle.emit("registry", "AssetRegistered", {
      asset,
      registrant: owner,
      kind: random.between(0, 2),
      keep: 0,
      metadata: stringToHex(JSON.stringify(metadata)),
    });
    publish(asset);
    chronicle.emit("registry", "Transfer", { from: zeroAddress, to: owner, tokenId: asset });
  }

  function publish(asset: number): void {
    const { size } = state.releases;
    const parents = new Set(Array.from({ length: Math.min(size, random.between(0, 6)) }, anyRelease));
    const edges = [...parents]
      .sort((a, b) => a - b)
      .map((parent) => (BigInt(parent) << 24n) | BigInt(random.between(10_000, 150_000)));
    const terms = { edges, floor: 0, byGrant: false, label: "1.0", digest: zeroHash, uri: "" };
    chronicle.emit("registry", "ReleasePublished", { release: size + 1, asset, ...terms });
  }

  function pay(): void {
    const [release, payer] = [anyRelease(), account()];
    const ref: Hex = `0x${(logs.length * 7919).toString(16).padStart(64, "0")}`;
    const fee = { currency: currency(), payer, amount: random.between(1_000, 10_000_000), ref, source: payer };
    chronicle.emit("ledger", "FeePaid", { release, ...fee });
    unsettled.add(release);
  }

  function settle(): void {
    const settled: number[] = [];
    for (const release of unsettled) {
      if (settled.length >= 8) break;
      settled.push(release);
      unsettled.delete(release);
    }
    if (settled.length === 0) return pay();
    settled.sort((a, b) => b - a);
    const paidIn = currency();
    for (const release of settled) {
      const passesOn = state.releases.contributionsOf(release).filter(() => random.next() < 0.5);
      for (const contribution of passesOn) unsettled.add(contribution.release);
    }
    chronicle.emit("ledger", "Settled", { currency: paidIn, releases: settled });
  }

  function claim(): void {
    const asset = state.releases.asset.get(anyRelease() - 1);
    const [holder] = shareholdersOf(state, asset);
    if (!holder) return pay();
    const paidIn = currency();
    const amount = claimableNow(state, holder.account, asset, paidIn);
    if (amount === 0n) return pay();
    const claimed = { account: holder.account, currency: paidIn, amount, assets: [asset] };
    if (random.next() < 0.5) chronicle.emit("ledger", "ClaimedToCredit", claimed);
    else chronicle.emit("ledger", "Claimed", { ...claimed, to: holder.account });
  }

  function sell(): void {
    const [from, to] = [account(), account()];
    const [held] = sharesHeld(state, from);
    if (!held || from === to) return pay();
    const [asset, shares] = held;
    const value = BigInt(random.between(1, Number(shares)));
    chronicle.emit("ledger", "TransferSingle", { operator: from, from, to, id: asset, value });
  }
}
