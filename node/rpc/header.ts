import type { Hex } from "viem";
import { BYTES, hash, isMatch, quantity, record, wrong } from "./fields.ts";

/** The fields of a block's header that are used. */
export interface Header {
  number: bigint;
  hash: Hex;
  parentHash: Hex;
  /** Seconds since 1970. */
  timestamp: number;
  /** Undefined where the chain keeps none. */
  logsBloom: Hex | undefined;
}

const BLOOM_LENGTH = 2 + 2 * 256;

/** Checks a reply to `eth_getBlockByNumber`; undefined if the node has no such block. */
export function parseHeader(reply: unknown, number?: bigint): Header | undefined {
  if (reply === null) return undefined;
  const fields = record(reply, "a block");
  const header = {
    number: BigInt(quantity(fields.number, "a block's number")),
    hash: hash(fields.hash, "a block's hash"),
    parentHash: hash(fields.parentHash, "a block's parent"),
    timestamp: quantity(fields.timestamp, "a block's time"),
    logsBloom: bloom(fields.logsBloom),
  };
  if (number !== undefined && header.number !== number) {
    throw wrong(`it gave block ${header.number} when asked for ${number}`);
  }
  return header;
}

/** Number in a `quantity` reply, such as that of `eth_chainId`. */
export const parseQuantity = (reply: unknown): number => quantity(reply, "a number");

function bloom(value: unknown): Hex | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isMatch(value, BYTES) || value.length !== BLOOM_LENGTH) throw wrong("a block's bloom is malformed");
  return value;
}
