// Schemas of values in JSON files.
import type { Hex } from "viem";
import { z } from "zod";
import { addressFault } from "./address.ts";

/** This many bytes, written as 0x and hexadecimal digits. */
export const hexText = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^0x[0-9a-fA-F]{${2 * bytes}}$`))
    .transform((text) => text as Hex);

/** An address in upper or lower case, or with its checksum. */
export const addressText = hexText(20).refine(
  (text) => addressFault(text) !== "checksum",
  "The checksum of the address is wrong, so it is misspelt. Copy it again.",
);

/** A whole number from 0, written as decimal digits in a string, because JSON numbers may be too small for it. */
export const naturalText = z
  .string()
  .regex(/^\d+$/)
  .transform((text) => BigInt(text));

/** A signature of any length, as contract wallets have their own forms. 0x stands for none. */
export const signatureText = z
  .string()
  .regex(/^0x([0-9a-fA-F]{2})*$/, "The signature must be 0x and an even number of hexadecimal digits.")
  .transform((text) => text as Hex);
