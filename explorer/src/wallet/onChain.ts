import { createPublicClient, custom, defineChain, type EIP1193Provider, http, type PublicClient } from "viem";
import { Chain } from "#client/chain/chain.ts";
import { createConfig, injected, unstable_connector } from "wagmi";
import { getConnection, reconnect, watchConnection, watchConnectors } from "wagmi/actions";
import { currentPlace } from "../config.ts";
import type { Deployment } from "./deployment.ts";
import { known } from "./known.ts";
import { type Network, networkOf } from "./network.ts";

/** A deployment, and the wallet to act on it with. */
export interface OnChain {
  deployment: Deployment;
  network: Network;
  config: ReturnType<typeof configFor>;
  /** Asks the wallet, or the node that the explorer names if there is no wallet on this chain. */
  chain: Chain;
  /** A node at which a wallet that does not know the chain finds it. */
  rpc: string | undefined;
}

type Wallets = Pick<OnChain, "network" | "config" | "rpc"> & { client: PublicClient };

let opened: Wallets | undefined;

/** Looks for wallets; once, since the chain stays the same while the page is open. */
export function openChain(deployment: Deployment): OnChain {
  opened ??= open(deployment.chainId);
  const { client, ...wallets } = opened;
  const { currencies } = deployment;
  return { ...wallets, deployment, chain: new Chain({ client, deployment, currencies }) };
}

function open(chainId: number): Wallets {
  const { rpc } = currentPlace();
  const network = networkOf(chainId);
  const config = configFor(chainId, network, rpc);
  watchConnection(config, {
    onChange: ({ address, status }) => {
      if (status === "connected" || status === "disconnected") known.setAccount(address);
    },
  });
  void reconnect(config);
  watchConnectors(config, {
    onChange: () => {
      if (getConnection(config).status === "disconnected") void reconnect(config);
    },
  });
  return { network, config, rpc, client: readerOf(config, chainId, rpc) };
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

/** The wallet's own way to the chain. */
export async function providerOf({ config }: Pick<OnChain, "config">): Promise<EIP1193Provider | undefined> {
  const { connector, status } = getConnection(config);
  // What is remembered of a wallet is not the wallet yet.
  return status === "connected" ? ((await connector.getProvider()) as EIP1193Provider | undefined) : undefined;
}

/** Asks the wallet while it is on the chain, else the node that was named. */
function readerOf(config: OnChain["config"], chainId: number, rpc: string | undefined): PublicClient {
  const node = rpc === undefined ? undefined : http(rpc, { retryCount: 1 })({});
  const request = async (asked: { method: string; params?: unknown }): Promise<unknown> => {
    const connection = getConnection(config);
    const provider = connection.chainId === chainId ? await providerOf({ config }) : undefined;
    const asks = (provider ?? node) as { request: (asked: unknown) => Promise<unknown> } | undefined;
    if (!asks) throw new Error("no wallet on this network is connected");
    return asks.request(asked);
  };
  return createPublicClient({ cacheTime: 0, transport: custom({ request }, { retryCount: 0 }) });
}
