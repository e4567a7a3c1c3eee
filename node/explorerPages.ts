import { networkOf } from "#protocol/networks/networks.ts";

/** A chain's block explorer; EXPLORER_URL names it for a chain that is not among the networks. */
const explorerOf = (chainId: number) => networkOf(chainId)?.explorer ?? process.env.EXPLORER_URL?.replace(/\/$/, "");

/** The page of a transaction; undefined where no block explorer is known. */
export function transactionUrl(chainId: number, hash: string): string | undefined {
  const explorer = explorerOf(chainId);
  return explorer && `${explorer}/tx/${hash}`;
}

/** The page of an account or contract; undefined where no block explorer is known. */
export function addressUrl(chainId: number, address: string): string | undefined {
  const explorer = explorerOf(chainId);
  return explorer && `${explorer}/address/${address}`;
}
