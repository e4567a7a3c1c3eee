import type { Period } from "../graph/period.ts";
import type { Address, Hex } from "viem";
import { z } from "zod";
import { addressFault } from "#protocol/address.ts";
import { MAX_ID } from "#protocol/limits.ts";
import { truncate } from "#protocol/texts/truncate.ts";
import { LONGEST_ORGANIZATION } from "#protocol/texts/declaredNames.ts";

export const LARGEST_PAGE = 500;
export const DEFAULT_PAGE = 50;

/** Accepts a whole number, as a JSON number or as decimal digits. */
export function wholeNumber(least: number, most: number, otherwise = "must be a whole number") {
  const error = `${otherwise} from ${least} to ${most}`;
  return z.preprocess(
    (given) => (typeof given === "string" && /^\d{1,16}$/.test(given) ? Number(given) : given),
    z.int({ error }).min(least, error).max(most, error),
  );
}

export const idOf = (what: string) =>
  wholeNumber(1, MAX_ID, `must be the id of ${what}: a whole number`).describe(`The id of ${what}.`);

const WRONG_CHECKSUM =
  "the checksum of the address is wrong, so it is misspelt. Copy it again, or write all of its letters in lower case";

const plainAddress = z
  .string({ error: "must be an address: 0x and 40 hexadecimal digits" })
  .regex(/^0[xX][0-9a-fA-F]{40}$/, "must be an address: 0x and 40 hexadecimal digits")
  .refine((text) => addressFault(text) !== "checksum", WRONG_CHECKSUM)
  .transform((text) => text.toLowerCase() as Address);

export const address = (what: string) => plainAddress.describe(what);

export const feeId = z
  .string()
  .regex(/^\d{1,16}-\d{1,9}$/, "must be a fee's id: <block number>-<log index>")
  .describe("The id of a fee: `<block number>-<log index>`.");

/** Seconds since 1970. */
const seconds = (what: string) =>
  wholeNumber(0, Number.MAX_SAFE_INTEGER, "must be seconds since 1970, a whole number").describe(what);

/** Filters by time. Both ends are included. */
export const period = {
  since: seconds("Only from this time on, in seconds since 1970. The time itself is included.").optional(),
  until: seconds("Only up to this time, in seconds since 1970. The time itself is included.").optional(),
};

export const periodOf = ({ since, until }: { since?: number | undefined; until?: number | undefined }): Period => ({
  ...(since !== undefined && { fromTime: since }),
  ...(until !== undefined && { toTime: until }),
});

const blockHash = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/)
  .transform((text) => text.toLowerCase() as Hex);

const anyBlock = z.union([wholeNumber(0, Number.MAX_SAFE_INTEGER), z.enum(["latest", "finalized"]), blockHash], {
  error: "must be a block: its number, its hash (0x and 64 hexadecimal digits), latest or finalized",
});

/** A block that a caller names. */
export type BlockName = z.output<typeof anyBlock>;

export const blockName = anyBlock.describe(
  "The block to answer for: its number; its hash, as an answer names it, for an answer of exactly that block or none; `latest`; or `finalized`, the newest final block that is indexed. Default: `latest`, the newest indexed block.",
);

export const limit = wholeNumber(1, LARGEST_PAGE)
  .default(DEFAULT_PAGE)
  .describe(`The largest number of items to return, 1 to ${LARGEST_PAGE}. Default: ${DEFAULT_PAGE}.`);

export const after = z
  .string()
  .min(1)
  .max(200)
  .describe("Return the items after this cursor. Pass `next` of the page before.");

export const reference = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/, "must be 32 bytes: 0x and 64 hexadecimal digits")
  .transform((text) => text.toLowerCase())
  .describe("Only fees with this reference (32 bytes).");

/** Accepts a text of up to a number of code points, in which names are counted as well. */
const shortText = (most: number) =>
  z
    .string()
    .min(1)
    .refine((text) => text.length <= most || truncate(text, most) === text, `must have at most ${most} characters`)
    .meta({ maxLength: most });

export const searchText = shortText(200);

export const organizationName = shortText(LONGEST_ORGANIZATION);

/** Accepts true or false, as a JSON boolean or as text. */
export const flag = z.preprocess(
  (given) => (given === "true" ? true : given === "false" ? false : given),
  z.boolean("must be true or false"),
);

const MOST_IDS = 1_000;

/** Accepts whole numbers, separated by commas. */
export const idList = (what: string) =>
  z
    .string({ error: "must be ids, separated by commas" })
    .regex(/^\d{1,13}(,\d{1,13})*$/, "must be ids, separated by commas")
    .transform((text) => text.split(",").map(Number))
    .refine((ids) => ids.length <= MOST_IDS, `must be at most ${MOST_IDS} ids`)
    .describe(what);

/** Accepts an amount of native money in wei, as decimal digits or as a JSON number. */
export const wei = (what: string) =>
  z
    .preprocess(
      (given) => (typeof given === "number" && Number.isSafeInteger(given) ? String(given) : given),
      z.string("must be wei: a whole number").regex(/^\d{1,30}$/, "must be wei: a whole number"),
    )
    .transform(BigInt)
    .describe(what);

/** Accepts prices by currency: `<address>:<wei for a whole unit>`, separated by commas. */
export const prices = (what: string) =>
  z
    .string({ error: "must be prices: <address>:<wei>, separated by commas" })
    .regex(
      /^0[xX][0-9a-fA-F]{40}:\d{1,30}(,0[xX][0-9a-fA-F]{40}:\d{1,30}){0,7}$/,
      "must be prices: <address>:<wei>, separated by commas",
    )
    .refine((text) => text.split(",").every((each) => addressFault(each.slice(0, 42)) !== "checksum"), WRONG_CHECKSUM)
    .transform(
      (text) =>
        new Map(
          text.split(",").map((each) => {
            const [of = "", price = "0"] = each.split(":");
            return [of.toLowerCase() as Address, BigInt(price)];
          }),
        ),
    )
    .describe(what);
