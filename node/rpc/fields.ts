import type { Hex } from "viem";
import { EndpointError } from "./endpointError.ts";

// Checks of single fields of replies. Each throws an EndpointError of kind "wrong" if a field is not of its type.

const QUANTITY = /^0x[0-9a-f]{1,13}$/;
/** 32 bytes. */
export const WORD = /^0x[0-9a-f]{64}$/;
export const BYTES = /^0x[0-9a-f]*$/;

export const wrong = (what: string) => new EndpointError("wrong", what);

export const isMatch = (value: unknown, pattern: RegExp): value is Hex =>
  typeof value === "string" && pattern.test(value);

export function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw wrong(`${what} is malformed`);
  return value as Record<string, unknown>;
}

export function quantity(value: unknown, what: string): number {
  if (!isMatch(value, QUANTITY)) throw wrong(`${what} is malformed`);
  return Number(value);
}

export function hash(value: unknown, what: string): Hex {
  if (!isMatch(value, WORD)) throw wrong(`${what} is malformed`);
  return value;
}
