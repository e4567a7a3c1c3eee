import { createRequire } from "node:module";
import hardhatToolboxMochaEthers from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { configVariable, defineConfig } from "hardhat/config";
import { networks, rpcVariable } from "#protocol/networks/networks.ts";
import { tasks } from "./scripts/tasks/index.ts";

/** The compiler that the lock file pins, so that nothing is downloaded. HARDHAT_SOLC=download fetches the native build. */
const compilerPath =
  process.env.HARDHAT_SOLC === "download" ? undefined : createRequire(import.meta.url).resolve("solc/soljson.js");

/** The same settings for tests, gas figures and deployment, so that the deployed code is the measured code. */
export const compiler = {
  version: "0.8.37",
  path: compilerPath,
  settings: { evmVersion: "prague", optimizer: { enabled: true, runs: 20_000 } },
};

/** FUZZ=long runs the Solidity tests for hours instead of seconds; FUZZ_SEED=0x… (32 bytes) sets another seed. */
const [fuzzRuns, invariantRuns] =
  process.env.FUZZ === "long" ? [5_000, 1_000] : process.env.TESTS === "brief" ? [64, 2] : [256, 8];

/** The key comes from Hardhat's keystore or from the environment, like the URLs. */
const accounts = [configVariable("PRIVATE_KEY")];

/** Chain id and Blockscout URL of a chain that is not among the networks. */
const { CHAIN_ID, EXPLORER_URL } = process.env;

export default defineConfig({
  plugins: [hardhatToolboxMochaEthers],
  solidity: { profiles: { default: compiler, production: compiler }, splitTestsCompilation: true },
  test: {
    solidity: {
      fuzz: { runs: fuzzRuns, seed: process.env.FUZZ_SEED },
      invariant: {
        runs: invariantRuns,
        depth: process.env.FUZZ === "long" ? 64 : 48,
        failOnRevert: true,
        shrinkRunLimit: 500,
      },
    },
  },
  networks: {
    default: { type: "edr-simulated", hardfork: "prague" },
    // Without blocks of the same time, each block is a second later: the chain's clock runs ahead of the wallets'.
    node: { type: "edr-simulated", hardfork: "prague", allowBlocksWithSameTimestamp: true },
    localhost: { type: "http", url: process.env[rpcVariable("localhost")] ?? "http://127.0.0.1:8545" },
    // Any other chain, such as one of the OP stack.
    remote: { type: "http", url: configVariable("RPC_URL"), accounts },
    ...Object.fromEntries(
      Object.entries(networks).map(([name, { chainId, chainType }]) => [
        name,
        { type: "http" as const, chainId, chainType, url: configVariable(rpcVariable(name)), accounts },
      ]),
    ),
  },
  ...(CHAIN_ID &&
    EXPLORER_URL && {
      chainDescriptors: {
        [CHAIN_ID]: {
          name: `chain ${CHAIN_ID}`,
          blockExplorers: { blockscout: { url: EXPLORER_URL, apiUrl: `${EXPLORER_URL.replace(/\/$/, "")}/api` } },
        },
      },
    }),
  verify: {
    etherscan: { apiKey: configVariable("ETHERSCAN_API_KEY") },
    sourcify: { apiUrl: process.env.SOURCIFY_URL ?? "https://sourcify.dev/server" },
  },
  // A transaction that is pending for half a minute is sent again at a higher gas price.
  ignition: { timeBeforeBumpingFees: 30_000, maxFeeBumps: 10 },
  tasks,
  paths: { tests: { mocha: "test/contracts", solidity: "test" } },
});
