import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import hre from "hardhat";
import { LOCAL_CHAIN_ID } from "../deploy/deployTestCurrencies.ts";

export interface LocalChain {
  url: string;
  ethers: HardhatEthers;
  close: () => Promise<void>;
}

/** Starts a chain in this process, and connects to it over HTTP, as a wallet does. */
export async function startLocalChain(port = 0, chainId = LOCAL_CHAIN_ID): Promise<LocalChain> {
  const server = await hre.network.createServer({ network: "node", override: { chainId } }, "127.0.0.1", port);
  const listening = await server.listen();
  const url = `http://127.0.0.1:${listening.port}`;
  const connection = await hre.network.create({ network: "localhost", override: { url } });
  return {
    url,
    ethers: connection.ethers,
    close: async () => {
      await connection.close();
      await server.close();
    },
  };
}
