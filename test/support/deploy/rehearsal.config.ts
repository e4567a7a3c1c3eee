import config from "../../../hardhat.config.ts";

/** The project's own configuration, but that what goes to the explorers of Base Sepolia stays on this machine. */
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
