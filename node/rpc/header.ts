import type { Hex } from "viem";
import { BYTES, readHash, isMatch, readQuantity, readRecord, wrongReply } from "./fields.ts";

/** The fields of a block's header that the project uses. */
export interface Header {
  number: bigint;
  hash: Hex;
  parentHash: Hex;
  /** Seconds since 1970. */
  timestamp: number;
  /** Undefined if the chain has none. */
  logsBloom: Hex | undefined;
}

const BLOOM_LENGTH = 2 + 2 * 256;

/** Checks a reply to `eth_getBlockByNumber`; undefined if the node has no such block. */
export function parseHeader(reply: unknown, number?: bigint): Header | undefined {
  if (reply === null) return undefined;
  const fields = readRecord(reply, "a block");
  const header = {
    number: BigInt(readQuantity(fields.number, "a block's number")),
    hash: readHash(fields.hash, "a block's hash"),
    parentHash: readHash(fields.parentHash, "a block's parent"),
    timestamp: readQuantity(fields.timestamp, "a block's time"),
    logsBloom: bloom(fields.logsBloom),
  };
  if (number !== undefined && header.number !== number) {
    throw wrongReply(`it gave block ${header.number} when asked for ${number}`);
  }
  return header;
}

/** Parses a reply that is a readQuantity, such as that of `eth_chainId`. */
export const parseQuantity = (reply: unknown): number => readQuantity(reply, "a number");

function bloom(value: unknown): Hex | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isMatch(value, BYTES) || value.length !== BLOOM_LENGTH) throw wrongReply("a block's bloom is malformed");
  return value;
}
