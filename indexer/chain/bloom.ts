import { type Hex, hexToBytes, keccak256, toEventSelector } from "viem";
import { followedAbis } from "../books/contracts.ts";
import type { FollowedContract, JournalLog } from "../journal.ts";
import { EndpointError } from "#node/rpc/endpointError.ts";
import type { Header } from "#node/rpc/header.ts";

/** Selectors of the events that each contract can emit, by its name. */
const eventSelectors = new Map(
  Object.entries(followedAbis).map(([name, abi]) => [
    name,
    abi.filter((item) => item.type === "event").map((item) => toEventSelector(item)),
  ]),
);

/**
 * Compares logs with the bloom filter in their block's header. A bloom never denies a log that is there, but may hint at
 * one that is not.
 *
 * @returns Whether the bloom hints at an event of a kind that is not among the logs: it may have been kept from us.
 * @throws {EndpointError} if it denies a log: the endpoint lies.
 */
export function hintsAtMore(
  contracts: readonly FollowedContract[],
  { number, logsBloom }: Header,
  logs: readonly JournalLog[],
): boolean {
  if (logsBloom === undefined) return false;
  const bloom = hexToBytes(logsBloom);
  const addresses = new Map(contracts.map(({ name, address }) => [name, address]));
  for (const { contract, topics } of logs) {
    const address = addresses.get(contract);
    if (!address || !holds(bloom, address) || !topics.every((topic) => holds(bloom, topic))) {
      throw new EndpointError("wrong", `it gave a log that the header of block ${number} denies`);
    }
  }
  return contracts.some(({ name, address }) => {
    if (!holds(bloom, address)) return false;
    const seen = new Set(logs.filter(({ contract }) => contract === name).map(({ topics }) => topics[0]));
    return eventSelectors.get(name)?.some((selector) => !seen.has(selector) && holds(bloom, selector));
  });
}

/** Whether a value was, as far as a bloom tells, an address or a topic of one of the block's logs. */
export function holds(bloom: Uint8Array, value: Hex): boolean {
  return bitsOf(value).every((bit) => ((bloom[255 - (bit >> 3)] ?? 0) & (1 << (bit & 7))) !== 0);
}

const MOST_REMEMBERED = 1_000;
const remembered = new Map<Hex, number[]>();

/** The three bits that stand for a value. */
export function bitsOf(value: Hex): number[] {
  let bits = remembered.get(value);
  if (!bits) {
    const hash = keccak256(value, "bytes");
    bits = [0, 2, 4].map((i) => (((hash[i] ?? 0) << 8) | (hash[i + 1] ?? 0)) & 2_047);
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(value, bits);
  }
  return bits;
}
