import { createPublicClient, custom, defineChain, type EIP1193Provider, http, type PublicClient } from "viem";
import { Chain } from "#client/chain/chain.ts";
import { ReadYourWrites, type Send } from "#client/transactions/readYourWrites.ts";
import { UserError } from "#protocol/userError.ts";
import { createConfig, injected, unstable_connector } from "wagmi";
import { getConnection, reconnect, watchConnection, watchConnectors } from "wagmi/actions";
import { currentPlace } from "../config.ts";
import type { Deployment } from "./deployment.ts";
import { lastAccount } from "./lastAccount.ts";
import { type Network, networkOf } from "./network.ts";

/** A deployment, and the connection to the wallet that acts on it. */
export interface OnChain {
  deployment: Deployment;
  network: Network;
  config: ReturnType<typeof configFor>;
  /** The chain, read through the wallet, or through `rpc` if no wallet is connected to this chain. */
  chain: Chain;
  /** The endpoint of `config.json`. A wallet without this chain can add it with this endpoint. */
  rpc: string | undefined;
  /** The session that reads go through, so that they see what this page has sent. */
  reads: ReadYourWrites;
}

type Wallets = Pick<OnChain, "network" | "config" | "rpc" | "reads"> & { client: PublicClient };

let wallets: Wallets | undefined;

/** Connects to the chain and detects wallets. It does so once, because the chain stays the same while the page is open. */
export function openChain(deployment: Deployment): OnChain {
  wallets ??= open(deployment.chainId);
  const { client, ...rest } = wallets;
  const { currencies } = deployment;
  return { ...rest, deployment, chain: new Chain({ client, deployment, currencies }) };
}

function open(chainId: number): Wallets {
  const { rpc } = currentPlace();
  const network = networkOf(chainId);
  const config = configFor(chainId, network, rpc);
  watchConnection(config, {
    onChange: ({ address, status }) => {
      if (status === "connected" || status === "disconnected") lastAccount.set(address);
    },
  });
  void reconnect(config);
  watchConnectors(config, {
    onChange: () => {
      if (getConnection(config).status === "disconnected") void reconnect(config);
    },
  });
  const reads = new ReadYourWrites();
  return { network, config, rpc, reads, client: readerOf({ config, rpc, reads }, chainId) };
}

function configFor(id: number, { title: name, native, explorer }: Network, rpc: string | undefined) {
  const chain = defineChain({
    id,
    name,
    nativeCurrency: { name: native.symbol, symbol: native.symbol, decimals: native.decimals },
    rpcUrls: { default: { http: rpc === undefined ? [] : [rpc] } },
    ...(explorer !== undefined && { blockExplorers: { default: { name: "Block explorer", url: explorer } } }),
  });
  return createConfig({ chains: [chain], transports: { [id]: unstable_connector(injected) } });
}

/** Returns the provider of the connected wallet; undefined without one. */
export async function providerOf({ config }: Pick<OnChain, "config">): Promise<EIP1193Provider | undefined> {
  const { connector, status } = getConnection(config);
  // While it reconnects, the connector is only a stored one, without a provider.
  return status === "connected" ? ((await connector.getProvider()) as EIP1193Provider | undefined) : undefined;
}

/** Returns a client that reads through the wallet while it is on the chain, otherwise through the endpoint. */
function readerOf({ config, rpc, reads }: Pick<OnChain, "config" | "rpc" | "reads">, chainId: number): PublicClient {
  const node = rpc === undefined ? undefined : http(rpc, { retryCount: 1 })({});
  const send: Send = async (method, params) => {
    const connection = getConnection(config);
    const provider = connection.chainId === chainId ? await providerOf({ config }) : undefined;
    const reader = (provider ?? node) as { request: (call: unknown) => Promise<unknown> } | undefined;
    if (!reader) throw new UserError("To see this, connect a wallet that is on this network.");
    return reader.request({ method, params });
  };
  const request = ({ method, params }: { method: string; params?: unknown }) =>
    reads.request(send, method, Array.isArray(params) ? params : []);
  return createPublicClient({ cacheTime: 0, transport: custom({ request }, { retryCount: 0 }) });
}
