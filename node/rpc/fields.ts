import type { Hex } from "viem";
import { EndpointError } from "./endpointError.ts";

// Checks of single fields of replies. Each throws an EndpointError of kind "wrong" if a field does not have its type.

const QUANTITY = /^0x[0-9a-f]{1,13}$/;
/** Matches 32 bytes. */
export const WORD = /^0x[0-9a-f]{64}$/;
export const BYTES = /^0x[0-9a-f]*$/;

export const wrongReply = (what: string) => new EndpointError("wrong", what);

export const isMatch = (value: unknown, pattern: RegExp): value is Hex =>
  typeof value === "string" && pattern.test(value);

export function readRecord(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw wrongReply(`${what} is malformed`);
  return value as Record<string, unknown>;
}

export function readQuantity(value: unknown, what: string): number {
  if (!isMatch(value, QUANTITY)) throw wrongReply(`${what} is malformed`);
  return Number(value);
}

export function readHash(value: unknown, what: string): Hex {
  if (!isMatch(value, WORD)) throw wrongReply(`${what} is malformed`);
  return value;
}
