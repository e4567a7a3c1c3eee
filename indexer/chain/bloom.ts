import { type Hex, hexToBytes, keccak256, toEventSelector } from "viem";
import { followedAbis } from "../books/contracts.ts";
import type { FollowedContract, JournalLog } from "../journal.ts";
import type { Header } from "#node/rpc/header.ts";

/** Selectors of the events that each contract can emit, by the contract's name. */
const eventSelectors = new Map(
  Object.entries(followedAbis).map(([name, abi]) => [
    name,
    abi.filter((item) => item.type === "event").map((item) => toEventSelector(item)),
  ]),
);

/** The result of comparing logs with the bloom filter in their block's header. */
export type BloomVerdict =
  | { type: "fits" }
  /** The filter does not match a log: the endpoint has returned a wrong one, or the filter is untrue. */
  | { type: "excludes" }
  /**
   * The filter matches an event of a kind that is not among the logs: the endpoint may have withheld it. `chance` is the
   * probability that a filter with this number of bits does so although the block has no such event.
   */
  | { type: "hints"; chance: number };

const FITS: BloomVerdict = { type: "fits" };

/**
 * Compares logs with the bloom filter in their block's header. A bloom filter matches every log of the block, but it
 * may also match logs that the block does not have.
 */
export function compareWithBloom(
  contracts: readonly FollowedContract[],
  { logsBloom }: Header,
  logs: readonly JournalLog[],
): BloomVerdict {
  if (logsBloom === undefined) return FITS;
  const bloom = hexToBytes(logsBloom);
  const addresses = new Map(contracts.map(({ name, address }) => [name, address]));
  for (const { contract, topics } of logs) {
    const address = addresses.get(contract);
    if (!address || !mayContain(bloom, address) || !topics.every((topic) => mayContain(bloom, topic))) {
      return { type: "excludes" };
    }
  }
  let chance: number | undefined;
  for (const { name, address } of contracts) {
    if (!mayContain(bloom, address)) continue;
    const seen = new Set(logs.filter(({ contract }) => contract === name).map(({ topics }) => topics[0]));
    const unseen = eventSelectors.get(name)?.filter((selector) => !seen.has(selector)) ?? [];
    if (!unseen.some((selector) => mayContain(bloom, selector))) continue;
    const match = shareOfBits(bloom) ** BITS_A_VALUE;
    chance = (chance ?? 0) + (seen.size > 0 ? 1 : match) * (1 - (1 - match) ** unseen.length);
  }
  return chance === undefined ? FITS : { type: "hints", chance };
}

/** Returns true if a header has a bloom filter that matches nothing: some nodes return it instead of the true one. */
export const isEmptyBloom = ({ logsBloom }: Header): boolean => logsBloom !== undefined && /^0x0*$/.test(logsBloom);

/** Returns true if a bloom filter matches a value: it may be an address or a topic of one of the block's logs. */
export function mayContain(bloom: Uint8Array, value: Hex): boolean {
  return bitsOf(value).every((bit) => ((bloom[255 - (bit >> 3)] ?? 0) & (1 << (bit & 7))) !== 0);
}

const BITS_A_VALUE = 3;

/** Returns the part of its bits that a bloom filter has set. */
export function shareOfBits(bloom: Uint8Array): number {
  let bits = 0;
  for (const byte of bloom) for (let rest = byte; rest > 0; rest &= rest - 1) bits++;
  return bits / (8 * bloom.length);
}

const LARGEST_CACHE = 1_000;
const cache = new Map<Hex, number[]>();

/** Returns the three bits that a value sets in a bloom filter. */
export function bitsOf(value: Hex): number[] {
  let bits = cache.get(value);
  if (!bits) {
    const hash = keccak256(value, "bytes");
    bits = [0, 2, 4].map((i) => (((hash[i] ?? 0) << 8) | (hash[i + 1] ?? 0)) & 2_047);
    if (cache.size >= LARGEST_CACHE) cache.clear();
    cache.set(value, bits);
  }
  return bits;
}
