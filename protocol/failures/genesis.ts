type Hex = `0x${string}`;

/** Remedies for a node whose block 0 is not that of the deployment file. */
export const OTHER_GENESIS_ADVICE =
  "If a development chain was restarted, run deploy with --reset. Otherwise name a node of the deployment's chain.";

/**
 * Reads the hash of a chain's block 0. A chain that was restarted keeps its id and its addresses, but not this hash.
 *
 * @param request Sends a request of JSON-RPC and returns the answer.
 * @returns the hash; undefined if the node has pruned the block or does not answer this request with it.
 */
export async function readGenesis(
  request: (method: string, params: unknown[]) => Promise<unknown>,
): Promise<Hex | undefined> {
  return parseGenesis(await request("eth_getBlockByNumber", ["0x0", false]).catch(() => undefined));
}

/** Returns the hash of a reply that is block 0; undefined if it is not. The rest of the block is of no interest. */
export function parseGenesis(block: unknown): Hex | undefined {
  const { number, hash } = (block ?? {}) as { number?: unknown; hash?: unknown };
  const isFirst = number === 0 || (typeof number === "string" && /^(?:0x)?0+$/i.test(number));
  return isFirst && typeof hash === "string" && /^0x[0-9a-f]{64}$/i.test(hash)
    ? (hash.toLowerCase() as Hex)
    : undefined;
}

/** Returns true if both hashes of block 0 are known and differ. */
export const isOtherGenesis = (expected: string | undefined, actual: string | undefined): boolean =>
  expected !== undefined && actual !== undefined && expected.toLowerCase() !== actual.toLowerCase();
