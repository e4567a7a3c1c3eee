/** A chain that the explorer can show, from the `config.json` beside it. */
export interface ChainConfig {
  /** The API's address, or a path from this page. */
  api: string;
  chainId?: number;
  /** Address of a node that accepts requests of browsers. */
  rpc?: string;
}

interface Config {
  chains: ChainConfig[];
}

/** The chain that the page shows. */
export interface Place extends ChainConfig {
  /** The other chains that it could show. */
  others: ChainConfig[];
}

let place: Place | undefined;

/**
 * Returns the chain that the page shows.
 *
 * @throws {Error} before `readPlace`.
 */
export function currentPlace(): Place {
  if (!place) throw new Error("config.json was not read yet.");
  return place;
}

/** Reads `config.json` and chooses the chain to show. */
export async function readPlace(): Promise<Place> {
  const response = await fetch(new URL("./config.json", document.baseURI));
  if (!response.ok) throw new Error(`config.json: ${response.status} ${response.statusText}`);
  const { chains } = (await response.json()) as Config;
  place = choosePlace(chains, location.search, document.baseURI);
  return place;
}

/**
 * Chooses the first chain, or the one that the page's address names as `?chain=<chain id>`.
 *
 * @throws {Error} if there is no chain.
 */
export function choosePlace(chains: readonly ChainConfig[], search: string, baseUri: string): Place {
  const id = Number(new URLSearchParams(search).get("chain"));
  const chain = chains.find(({ chainId }) => chainId === id) ?? chains[0];
  if (!chain) throw new Error("config.json names no chain.");
  return { ...chain, api: new URL(chain.api, baseUri).href, others: chains.filter((each) => each !== chain) };
}
