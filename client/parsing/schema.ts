import type { Hex } from "viem";
import { z } from "zod";

/** A fixed number of bytes, as hexadecimal digits. */
export const hexBytes = (bytes: number) => hexText(new RegExp(`^0x[0-9a-fA-F]{${2 * bytes}}$`));

export const hexText = (pattern: RegExp) =>
  z
    .string()
    .regex(pattern)
    .transform((text) => text as Hex);

/** A whole number that may be too large for JSON's own numbers. */
export const natural = z
  .string()
  .regex(/^\d+$/)
  .transform((text) => BigInt(text));
