import { bytesToBigInt } from "viem";

/** Returns a random number that nobody has used or can guess. */
export const randomNonce = (bytes: number): bigint => bytesToBigInt(crypto.getRandomValues(new Uint8Array(bytes)));
