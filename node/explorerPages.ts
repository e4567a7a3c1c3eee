import { networkOf } from "#protocol/networks/networks.ts";

/** URL of a chain's block explorer; EXPLORER_URL names it for a chain that is not among the networks. */
const explorerOf = (chainId: number) => networkOf(chainId)?.explorer ?? process.env.EXPLORER_URL?.replace(/\/$/, "");

/** URL of a transaction's page; undefined where no block explorer is known. */
export function transactionUrl(chainId: number, hash: string): string | undefined {
  const explorer = explorerOf(chainId);
  return explorer && `${explorer}/tx/${hash}`;
}

/** URL of an account's or contract's page; undefined where no block explorer is known. */
export function addressUrl(chainId: number, address: string): string | undefined {
  const explorer = explorerOf(chainId);
  return explorer && `${explorer}/address/${address}`;
}
