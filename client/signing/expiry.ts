import type { PublicClient } from "viem";

/** Lifetime of a signature that is submitted at once. */
export const PROMPT_EXPIRY_SECONDS = 3_600;

/** Returns the time that is this number of seconds after the newest block, in seconds since 1970. */
export const expiry = async ({ client }: { client: PublicClient }, seconds: number): Promise<bigint> =>
  (await client.getBlock()).timestamp + BigInt(seconds);
