// For the copy of the project that test/coverage/run.ts makes.
import { defineConfig } from "hardhat/config";
import project, { compiler } from "../../hardhat.config.ts";

const quickly = { ...compiler, settings: { ...compiler.settings, optimizer: { enabled: false } } };

export default defineConfig({
  ...project,
  solidity: { profiles: { default: quickly }, splitTestsCompilation: true },
  // The copy has probes of its own; of Hardhat's coverage only the collecting is wanted.
  coverage: { skipFiles: ["**"] },
});
