import type { Hex } from "viem";
import { EndpointError } from "./endpointError.ts";

// Checks of single fields of replies. Each throws an EndpointError of kind "wrong" if a field does not have its type. What
// can be read in one way only is accepted: capitals, and zeros in front of a number. What is returned has neither.

const QUANTITY = /^0x[0-9a-f]{1,64}$/i;
/** Matches 32 bytes. */
export const WORD = /^0x[0-9a-f]{64}$/;
const BYTES = /^0x[0-9a-f]*$/;

export const wrongReply = (what: string) => new EndpointError("wrong", what);

export const isMatch = (value: unknown, pattern: RegExp): value is Hex =>
  typeof value === "string" && pattern.test(value);

export function readRecord(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null) throw wrongReply(`${what} is malformed`);
  return value as Record<string, unknown>;
}

/** Reads a quantity. Some nodes give it as a number of JSON, which is always decimal. */
export function readQuantity(value: unknown, what: string): number {
  const number = typeof value === "number" ? value : isMatch(value, QUANTITY) ? Number(value) : Number.NaN;
  if (!Number.isSafeInteger(number) || number < 0) throw wrongReply(`${what} is malformed`);
  return number;
}

export const readHash = (value: unknown, what: string): Hex => readHex(value, WORD, what);

/** Reads bytes of any length. */
export function readBytes(value: unknown, what: string): Hex {
  const bytes = readHex(value, BYTES, what);
  if (bytes.length % 2 !== 0) throw wrongReply(`${what} is malformed`);
  return bytes;
}

/** Times that are plausible in a text of decimal digits, in seconds since 1970: from 2001 to 5138. */
const [EARLIEST, LATEST] = [1e9, 1e11];

/** Reads a time in seconds since 1970. Some nodes give it as a decimal number. */
export function readTime(value: unknown, what: string): number {
  const isDecimal = typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value));
  if (!isDecimal) return readQuantity(value, what);
  const time = Number(value);
  const earliest = typeof value === "number" ? 0 : EARLIEST;
  if (!Number.isSafeInteger(time) || time < earliest || time > LATEST) throw wrongReply(`${what} is malformed`);
  return time;
}

/** Reads a field that may be missing; undefined if it is missing or malformed, since nothing needs it. */
export function readOptional<T>(read: (value: unknown, what: string) => T, value: unknown): T | undefined {
  if (value === undefined || value === null) return undefined;
  try {
    return read(value, "a field");
  } catch {
    return undefined;
  }
}

function readHex(value: unknown, pattern: RegExp, what: string): Hex {
  if (isMatch(value, pattern)) return value;
  const lowered = typeof value === "string" ? value.toLowerCase() : value;
  if (!isMatch(lowered, pattern)) throw wrongReply(`${what} is malformed`);
  return lowered;
}
