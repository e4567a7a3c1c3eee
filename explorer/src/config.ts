import { UserError } from "#protocol/userError.ts";

/** A chain that the explorer can show, as `config.json` names it. */
export interface ChainConfig {
  /** The URL of the API, absolute or relative to this page. */
  api: string;
  chainId?: number;
  /** An endpoint that accepts requests from browsers. */
  rpc?: string;
}

interface Config {
  chains: ChainConfig[];
}

/** The chain that the page shows. */
export interface Place extends ChainConfig {
  /** The other chains of `config.json`. */
  others: ChainConfig[];
}

let place: Place | undefined;

/**
 * Returns the chain that the page shows.
 *
 * @throws {Error} if `readPlace` has not run yet.
 */
export function currentPlace(): Place {
  if (!place) throw new Error("config.json has not been read yet.");
  return place;
}

/** Reads `config.json` and chooses the chain to show. */
export async function readPlace(): Promise<Place> {
  const chains = await readChains(new URL("./config.json", document.baseURI)).catch((cause: unknown) => {
    throw new UserError(
      `The explorer's settings (config.json) cannot be read: ${(cause as Error).message}. Check your connection and reload the page. If that does not help, its operator must mend the file.`,
      { cause },
    );
  });
  place = choosePlace(chains, location.search, document.baseURI);
  return place;
}

async function readChains(url: URL): Promise<ChainConfig[]> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const { chains } = (await response.json()) as Partial<Config>;
  if (!Array.isArray(chains)) throw new Error("it names no chains");
  return chains;
}

/**
 * Chooses the chain that the page's address names as `?chain=<chain id>`. Default: the first one.
 *
 * @throws {UserError} if there are no chains.
 */
export function choosePlace(chains: readonly ChainConfig[], search: string, baseUri: string): Place {
  const id = Number(new URLSearchParams(search).get("chain"));
  const chain = chains.find(({ chainId }) => chainId === id) ?? chains[0];
  if (!chain)
    throw new UserError(
      "The explorer's settings are incomplete: config.json names no chain. Its operator must add one.",
    );
  return { ...chain, api: new URL(chain.api, baseUri).href, others: chains.filter((each) => each !== chain) };
}
