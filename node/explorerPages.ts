import { networkOf } from "#protocol/networks/networks.ts";

/** Returns the URL of a chain's block explorer: of a known network, else from the variable EXPLORER_URL. */
const explorerOf = (chainId: number) => networkOf(chainId)?.explorer ?? process.env.EXPLORER_URL?.replace(/\/$/, "");

/** Returns the URL of a transaction's page; undefined if the chain has no known block explorer. */
export function transactionUrl(chainId: number, hash: string): string | undefined {
  const explorer = explorerOf(chainId);
  return explorer && `${explorer}/tx/${hash}`;
}

/** Returns the URL of an account's or contract's page; undefined if the chain has no known block explorer. */
export function addressUrl(chainId: number, address: string): string | undefined {
  const explorer = explorerOf(chainId);
  return explorer && `${explorer}/address/${address}`;
}
