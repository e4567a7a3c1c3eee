/** The chain id of Hardhat's node, and of Anvil. */
const DEVELOPMENT_CHAIN_ID = 31_337;

/**
 * Returns true for the usual chain of a development node, and for the chain of a node that says it is one.
 *
 * @param request Sends a request of JSON-RPC and returns the answer.
 */
export async function isDevelopmentChain(
  chainId: number,
  request: (method: string, params: unknown[]) => Promise<unknown>,
): Promise<boolean> {
  if (chainId === DEVELOPMENT_CHAIN_ID) return true;
  const version = await request("web3_clientVersion", []).catch(() => "");
  return /hardhat|anvil|ganache|testrpc/i.test(String(version));
}
