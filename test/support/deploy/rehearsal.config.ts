import config from "../../../hardhat.config.ts";

/** The project's configuration, with doubles on loopback in the place of Base Sepolia's block explorers. */
const explorer = process.env.REHEARSAL_EXPLORER ?? "";

export default {
  ...config,
  chainDescriptors: {
    84_532: {
      name: "Base Sepolia",
      chainType: "op" as const,
      blockExplorers: {
        etherscan: { url: explorer, apiUrl: `${explorer}/etherscan` },
        blockscout: { url: explorer, apiUrl: `${explorer}/blockscout` },
      },
    },
  },
};
