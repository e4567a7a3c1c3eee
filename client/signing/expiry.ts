import type { PublicClient } from "viem";

/** The time for which a signature serves that is sent at once. */
export const PROMPTLY_SECONDS = 3_600;

/** Returns the time so many seconds after the newest block, in seconds since 1970. */
export const expiry = async ({ client }: { client: PublicClient }, seconds: number): Promise<bigint> =>
  (await client.getBlock()).timestamp + BigInt(seconds);
