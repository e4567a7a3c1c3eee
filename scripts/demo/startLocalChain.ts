import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import hre from "hardhat";
import type { EIP1193Provider } from "viem";
import { LOCAL_CHAIN_ID } from "../deploy/localMoney.ts";

export interface LocalChain {
  url: string;
  ethers: HardhatEthers;
  /** Sends requests to the chain, and signs with its accounts. */
  provider: Pick<EIP1193Provider, "request">;
  close: () => Promise<void>;
}

/** Starts a chain in this process, and connects to it over HTTP, as a wallet does. */
export async function startLocalChain(port = 0, chainId = LOCAL_CHAIN_ID): Promise<LocalChain> {
  const server = await hre.network.createServer({ network: "node", override: { chainId } }, "127.0.0.1", port);
  const listening = await server.listen();
  const url = `http://127.0.0.1:${listening.port}`;
  const connection = await connectTo(url);
  return {
    url,
    ethers: connection.ethers,
    // Hardhat's provider follows EIP-1193, but its types differ from viem's.
    provider: connection.provider as unknown as EIP1193Provider,
    close: async () => {
      await connection.close();
      await server.close();
    },
  };
}

/**
 * Connects to a local chain over HTTP. Each request has a connection of its own: Hardhat's server ends one that was idle for
 * 5 s, and a request that is sent on it in that moment fails.
 */
export const connectTo = (url: string) =>
  hre.network.create({ network: "localhost", override: { url, httpHeaders: { Connection: "close" } } });
