// Limits of the contracts, which nobody can change. `test/contracts/limits.test.ts` compares each of them with the
// contracts.

/** The whole of a fee, in parts per million: the upper bound of a floor, a keep and a sum of weights. */
export const WHOLE_PPM = 1_000_000;

/** Number of shares of every asset. */
export const TOTAL_SHARES = 100_000_000n;

/** The largest id of an asset or a release; the smallest is 1. */
export const MAX_ID = 2 ** 40 - 1;

/** The most contributions of one release. */
export const MAX_CONTRIBUTIONS = 64;

/** The most contributors to one asset, among whom its shares are allocated. */
export const MAX_CONTRIBUTORS = 64;

/** Longest metadata of an asset, in bytes of UTF-8. */
export const MAX_METADATA_BYTES = 8_192;

/** Longest label and URI of a release together, in bytes of UTF-8. */
export const MAX_DESCRIPTION_BYTES = 2_048;

/** The most currencies that one ledger can ever admit. */
export const MAX_CURRENCIES = 8;
