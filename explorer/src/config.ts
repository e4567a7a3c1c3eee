/** What the explorer asks, as `config.json` beside it says. */
export interface ChainConfig {
  /** Where its API is: an address, or a path from this page. */
  api: string;
  chainId?: number;
  /** A node that a browser may ask. */
  rpc?: string;
}

interface Config {
  chains: ChainConfig[];
}

/** The chain that is looked at: the first, unless the page's address names another as `?chain=…`. */
export interface Place extends ChainConfig {
  others: ChainConfig[];
}

export async function readPlace(): Promise<Place> {
  const response = await fetch(new URL("./config.json", document.baseURI));
  if (!response.ok) throw new Error(`config.json: ${response.status} ${response.statusText}`);
  const { chains } = (await response.json()) as Config;
  const wanted = Number(new URLSearchParams(location.search).get("chain"));
  const chain = chains.find(({ chainId }) => chainId === wanted) ?? chains[0];
  if (!chain) throw new Error("config.json names no chain.");
  return {
    ...chain,
    api: new URL(chain.api, document.baseURI).href,
    others: chains.filter((each) => each !== chain),
  };
}
