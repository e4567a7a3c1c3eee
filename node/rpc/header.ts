import type { Hex } from "viem";
import { readBytes, readHash, readOptional, readQuantity, readRecord, readTime, wrongReply } from "./fields.ts";

/** The fields of a block's header that the project uses. */
export interface Header {
  number: bigint;
  hash: Hex;
  parentHash: Hex;
  /** Seconds since 1970. */
  timestamp: number;
  /** Undefined if the chain has none, or if it is malformed: it is a hint only. */
  logsBloom: Hex | undefined;
}

const BLOOM_LENGTH = 2 + 2 * 256;

/** Checks a reply to `eth_getBlockByNumber`; undefined if the node has no such block. */
export function parseHeader(reply: unknown, number?: bigint): Header | undefined {
  if (reply === null || isNothing(reply)) return undefined;
  const fields = readRecord(reply, "a block");
  const bloom = readOptional(readBytes, fields.logsBloom);
  const header = {
    number: heightOf(fields.number, number),
    hash: readHash(fields.hash, "a block's hash"),
    parentHash: readHash(fields.parentHash, "a block's parent"),
    timestamp: readTime(fields.timestamp, "a block's time"),
    logsBloom: bloom?.length === BLOOM_LENGTH ? bloom : undefined,
  };
  if (number !== undefined && header.number !== number) {
    throw wrongReply(`it gave block ${header.number} when asked for ${number}`);
  }
  return header;
}

/** Parses a reply to `eth_chainId`. Some nodes give it as a decimal number: it is the expected one if it can be. */
export function parseChainId(reply: unknown, expected: number): number {
  if (reply === expected || reply === String(expected)) return expected;
  return typeof reply === "number" && Number.isSafeInteger(reply) ? reply : readQuantity(reply, "the chain's id");
}

/** Returns true for a block without any field, by which some nodes say that there is none. */
const isNothing = (reply: unknown): boolean =>
  typeof reply === "object" && reply !== null && !Array.isArray(reply) && Object.keys(reply).length === 0;

/** Reads a block's number, which may be decimal if it is the expected one. */
const heightOf = (value: unknown, expected: bigint | undefined): bigint =>
  expected !== undefined && (value === Number(expected) || value === String(expected))
    ? expected
    : BigInt(readQuantity(value, "a block's number"));
