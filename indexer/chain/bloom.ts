import { type Abi, type Hex, hexToBytes, keccak256, toEventSelector } from "viem";
import { type ContractName } from "#protocol/events.ts";
import { ledgerAbi, registryAbi } from "#protocol/abis.ts";
import type { JournalLog, JournalSource } from "../journal.ts";
import { EndpointError } from "#node/rpc/endpointError.ts";
import type { Header } from "#node/rpc/header.ts";

const CONTRACTS = ["registry", "ledger"] as const satisfies ContractName[];

const selectorsOf = (abi: Abi) => abi.filter((item) => item.type === "event").map((item) => toEventSelector(item));
const eventSelectors = { registry: selectorsOf(registryAbi), ledger: selectorsOf(ledgerAbi) };

/**
 * Compares logs with the bloom filter in their block's header. A bloom never denies a log that is there, but may hint at
 * one that is not.
 *
 * @returns Whether the bloom hints at an event of a kind that is not among the logs: it may have been kept from us.
 * @throws {EndpointError} if it denies a log: the endpoint lies.
 */
export function hintsAtMore(
  source: JournalSource,
  { number, logsBloom }: Header,
  logs: readonly JournalLog[],
): boolean {
  if (logsBloom === undefined) return false;
  const bloom = hexToBytes(logsBloom);
  for (const { contract, topics } of logs) {
    if (!holds(bloom, source[contract]) || !topics.every((topic) => holds(bloom, topic))) {
      throw new EndpointError("wrong", `it gave a log that the header of block ${number} denies`);
    }
  }
  return CONTRACTS.some((contract) => {
    if (!holds(bloom, source[contract])) return false;
    const seen = new Set(logs.filter((log) => log.contract === contract).map(({ topics }) => topics[0]));
    return eventSelectors[contract].some((selector) => !seen.has(selector) && holds(bloom, selector));
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
