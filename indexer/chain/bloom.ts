import { type Hex, hexToBytes, keccak256, toEventSelector } from "viem";
import { followedAbis } from "../books/contracts.ts";
import type { FollowedContract, JournalLog } from "../journal.ts";
import { EndpointError } from "#node/rpc/endpointError.ts";
import type { Header } from "#node/rpc/header.ts";

/** Selectors of the events that each contract can emit, by the contract's name. */
const eventSelectors = new Map(
  Object.entries(followedAbis).map(([name, abi]) => [
    name,
    abi.filter((item) => item.type === "event").map((item) => toEventSelector(item)),
  ]),
);

/**
 * Compares logs with the bloom filter in their block's header. A bloom filter matches every log of the block, but it
 * may also match logs that the block does not have.
 *
 * @returns True if the filter matches an event of a kind that is not among the logs: the endpoint may have withheld it.
 * @throws {EndpointError} if the filter does not match a log: the endpoint has returned a wrong one.
 */
export function hintsAtMissingLogs(
  contracts: readonly FollowedContract[],
  { number, logsBloom }: Header,
  logs: readonly JournalLog[],
): boolean {
  if (logsBloom === undefined) return false;
  const bloom = hexToBytes(logsBloom);
  const addresses = new Map(contracts.map(({ name, address }) => [name, address]));
  for (const { contract, topics } of logs) {
    const address = addresses.get(contract);
    if (!address || !mayContain(bloom, address) || !topics.every((topic) => mayContain(bloom, topic))) {
      throw new EndpointError("wrong", `it returned a log that the header of block ${number} excludes`);
    }
  }
  return contracts.some(({ name, address }) => {
    if (!mayContain(bloom, address)) return false;
    const seen = new Set(logs.filter(({ contract }) => contract === name).map(({ topics }) => topics[0]));
    return eventSelectors.get(name)?.some((selector) => !seen.has(selector) && mayContain(bloom, selector));
  });
}

/** Returns true if a bloom filter matches a value: it may be an address or a topic of one of the block's logs. */
export function mayContain(bloom: Uint8Array, value: Hex): boolean {
  return bitsOf(value).every((bit) => ((bloom[255 - (bit >> 3)] ?? 0) & (1 << (bit & 7))) !== 0);
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
