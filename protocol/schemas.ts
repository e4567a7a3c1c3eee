// Schemas of values as JSON files hold them.
import type { Hex } from "viem";
import { z } from "zod";

/** Bytes as 0x and hexadecimal digits. Default: any number of digits. */
export const hexText = (bytes?: number) =>
  z
    .string()
    .regex(new RegExp(`^0x[0-9a-fA-F]${bytes === undefined ? "*" : `{${2 * bytes}}`}$`))
    .transform((text) => text as Hex);

/** An address, in any case. */
export const addressText = hexText(20);

/** A whole number from 0 on as decimal digits, for one that JSON's own numbers may not hold. */
export const naturalText = z
  .string()
  .regex(/^\d+$/)
  .transform((text) => BigInt(text));
