// Limits of the contracts, which nobody can change. `test/contracts/limits.test.ts` holds each of them against the
// contracts.

/** All of a fee, in parts per million. No floor, keep or sum of weights is above it. */
export const WHOLE_PPM = 1_000_000;

/** Shares of every asset. */
export const TOTAL_SHARES = 100_000_000n;

/** The largest id of an asset or a release; the smallest is 1. */
export const MAX_ID = 2 ** 40 - 1;

/** Contributions of one release. */
export const MAX_CONTRIBUTIONS = 64;

/** Contributors to one asset, among whom its shares are allocated. */
export const MAX_CONTRIBUTORS = 64;

/** An asset's metadata, in bytes of UTF-8. */
export const MAX_METADATA_BYTES = 8_192;

/** A release's label and URI together, in bytes of UTF-8. */
export const MAX_DESCRIPTION_BYTES = 2_048;

/** Currencies that one ledger ever admits. */
export const MAX_CURRENCIES = 8;
