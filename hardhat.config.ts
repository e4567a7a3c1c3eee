import { createRequire } from "node:module";
import hardhatToolboxMochaEthers from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { defineConfig } from "hardhat/config";

/** The compiler pinned by the lock file, so that nothing is downloaded. HARDHAT_SOLC=download asks for the native build. */
const compilerPath =
  process.env.HARDHAT_SOLC === "download" ? undefined : createRequire(import.meta.url).resolve("solc/soljson.js");

/** One set of settings for tests, gas figures and deployment: what is measured is what is deployed. */
const compiler = {
  version: "0.8.37",
  path: compilerPath,
  settings: { evmVersion: "prague", optimizer: { enabled: true, runs: 20_000 } },
};

export default defineConfig({
  plugins: [hardhatToolboxMochaEthers],
  solidity: { profiles: { default: compiler, production: compiler } },
  networks: {
    default: { type: "edr-simulated", hardfork: "prague" },
    node: { type: "edr-simulated", hardfork: "prague" },
  },
  paths: { tests: { mocha: "test", solidity: "test" } },
});
