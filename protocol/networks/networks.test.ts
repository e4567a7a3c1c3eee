import { expect } from "chai";
import hre from "hardhat";
import { arbitrumSepolia, baseSepolia, optimismSepolia, polygonAmoy, sepolia } from "viem/chains";
import { networks, rpcVariable } from "./networks.ts";

const chains = { sepolia, baseSepolia, optimismSepolia, arbitrumSepolia, polygonAmoy };

describe("the networks", () => {
  for (const [name, network] of Object.entries(networks)) {
    it(`${name}: what is said of it agrees with viem and Hardhat, and each fact has its source`, () => {
      const chain = chains[name as keyof typeof chains];
      expect([network.chainId, network.nativeSymbol]).to.deep.equal([chain.id, chain.nativeCurrency.symbol]);
      const descriptor = hre.config.chainDescriptors.get(BigInt(network.chainId));
      expect(network.explorer).to.equal(descriptor?.blockExplorers.etherscan?.url);
      expect(network.chainType).to.equal(descriptor?.chainType);
      const hasBlockscout = descriptor?.blockExplorers.blockscout !== undefined;
      expect(network.verifiers).to.deep.equal(["etherscan", ...(hasBlockscout ? ["blockscout"] : []), "sourcify"]);
      expect(network.sources).to.have.all.keys(
        "chainId",
        "explorer",
        "verifiers",
        "wrappedNative",
        "stablecoin",
        "faucet",
        "fees",
      );
      expect(hre.config.networks[name]).to.deep.include({ type: "http", chainId: network.chainId });
    });
  }

  it("take their RPC URL from a variable of their name", () => {
    expect(rpcVariable("baseSepolia")).to.equal("BASE_SEPOLIA_RPC_URL");
    expect(rpcVariable("sepolia")).to.equal("SEPOLIA_RPC_URL");
  });
});
