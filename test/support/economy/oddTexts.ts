import {
  type AbiEvent,
  bytesToHex,
  encodeAbiParameters,
  encodeEventTopics,
  type Hex,
  stringToHex,
  zeroAddress,
  zeroHash,
} from "viem";
import { seededRandom } from "#node/seededRandom.ts";
import { followedAbis } from "../../../indexer/books/contracts.ts";
import type { JournalLog } from "../../../indexer/journal.ts";

const person = (n: number): Hex => `0x${String(n).repeat(40)}`;
export const ODD_PAYER = person(4);
export const ODD_CURRENCY = person(5);

/** Pieces that texts on chain may be made of, each of which some reader, database or terminal cannot take. */
const PIECES = [
  "Llama 3",
  "🦙".repeat(101),
  "a",
  "👩‍👩‍👧‍👦",
  "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
  "می\u200cخواهم",
  "क्\u200dष",
  "Z" + "\u0301".repeat(40),
  "\0",
  "\ufeff",
  "\u202egnp.exe",
  "\u2066x\u2069",
  "\u2028\u2029\u0085",
  "\r\n",
  "\r",
  "\t",
  "\u001b[2J",
  "\ud83e",
  "\udd99",
  "\ufffe\uffff\u{1ffff}",
  "\ufffd",
  "=HYPERLINK(1)",
  "'=1",
  "@x",
  "-1+1",
  "＝1",
  '"',
  ",",
  "\\",
  "\\u0000",
  "</script>",
  "\u00a0",
  "\u3164",
  "\u{e0041}",
  "İı ß ς",
  "data: x",
];

/** Bytes that are not UTF-8: a lone byte, an overlong form, half a surrogate pair, a number above the last, a cut. */
const BYTES: Hex[] = ["0xff", "0xc080", "0xeda0be", "0xf4908080", "0xf09fa6", "0xefbbbf", "0x00"];

/**
 * Returns the logs of a small, consistent economy whose texts are made of odd pieces: symbols, labels, URIs, and metadata
 * that are registered and replaced. Texts are written as bytes, since a contract can emit any.
 */
export function oddLogs(assets: number, seed: number, ledger: Hex, registry: Hex): JournalLog[] {
  const random = seededRandom(seed);
  const oneOf = <T>(items: readonly T[]): T => items[random.between(0, items.length - 1)] as T; // never empty here
  const oddText = () => Array.from({ length: random.between(0, 4) }, () => oneOf(PIECES)).join("");
  const oddBytes = (): Hex => {
    const parts = Array.from({ length: random.between(0, 3) }, () =>
      random.between(0, 2) === 0 ? oneOf(BYTES) : stringToHex(oddText()),
    );
    return `0x${parts.map((part) => part.slice(2)).join("")}`;
  };
  const metadata = (): Hex => {
    const kind = random.between(0, 9);
    if (kind === 0) return oddBytes();
    if (kind === 1) return bytesToHex(Uint8Array.from({ length: 40 }, () => random.between(0, 255)));
    const json = JSON.stringify({ name: oddText(), organization: oddText(), [oddText()]: oddText() });
    const bytes = stringToHex(json);
    if (kind === 2) return `0xefbbbf${bytes.slice(2)}`;
    // A byte that is not UTF-8 within a text.
    return kind === 3 ? (`${bytes.slice(0, -4)}ff227d` as Hex) : bytes;
  };
  const logs: JournalLog[] = [];
  const emit = (contract: "registry" | "ledger", name: string, args: Record<string, unknown>) => {
    const event = followedAbis[contract]?.find((item): item is AbiEvent => item.type === "event" && item.name === name);
    if (!event) throw new Error(`${contract} has no event ${name}.`);
    const plain = event.inputs.filter(({ indexed }) => !indexed);
    logs.push({
      blockNumber: BigInt(logs.length + 1),
      logIndex: 0,
      contract,
      topics: encodeEventTopics({ abi: [event], args }) as Hex[], // no argument is left out or given as a list
      data: encodeAbiParameters(
        plain.map((input) => ({ ...input, type: input.type === "string" ? "bytes" : input.type })),
        plain.map(({ name: input = "" }) => args[input]),
      ),
      transactionHash: zeroHash,
    });
  };

  emit("registry", "RegistryCreated", { ledger, identityRegistry: zeroAddress });
  emit("ledger", "LedgerCreated", {
    registry,
    admin: person(1),
    wrappedNative: zeroAddress,
    commonsBeneficiary: person(2),
    commonsPpm: 10_000,
  });
  emit("ledger", "CurrencyAdmitted", { currency: ODD_CURRENCY, symbol: `0x005553${oddBytes().slice(2)}`, decimals: 6 });
  for (let asset = 1; asset <= assets; asset++) {
    emit("ledger", "TransferSingle", {
      operator: person(1),
      from: zeroAddress,
      to: person(1),
      id: BigInt(asset),
      value: 100_000_000n,
    });
    emit("registry", "AssetRegistered", { asset, registrant: person(1), kind: 1, keep: 0, metadata: metadata() });
    emit("registry", "Transfer", { from: zeroAddress, to: person(1), tokenId: BigInt(asset) });
    const [label, uri] = [oddBytes(), oddBytes()];
    const edges = asset > 1 ? [(BigInt(asset - 1) << 24n) | 200_000n] : [];
    emit("registry", "ReleasePublished", {
      release: asset,
      asset,
      edges,
      floor: 0,
      byGrant: false,
      label,
      digest: zeroHash,
      uri,
    });
    if (random.between(0, 1) === 0) emit("registry", "MetadataChanged", { asset, metadata: metadata() });
    emit("ledger", "FeePaid", {
      release: asset,
      currency: ODD_CURRENCY,
      payer: ODD_PAYER,
      amount: BigInt(1_000 * asset),
      ref: zeroHash,
      source: ODD_PAYER,
    });
  }
  return logs;
}
