import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { JsonRpcProvider, Wallet } from "ethers";
import { networks } from "#protocol/networks/networks.ts";
import { startExplorerDouble } from "./explorerDouble.ts";
import { placeGasPriceOracle, placeToken } from "./placeToken.ts";
import { freePort } from "../rpc/freePort.ts";
import { until } from "../indexer/runIndexer.ts";
import { copyProject, ROOT, scratchEnvironment } from "./scratchCopy.ts";

/** The first accounts of the public mnemonic of local nodes. */
export const KEYS = [
  "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
  "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
  "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
  "0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6",
  "0x47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a",
] as const;

/**
 * Starts a node process with the chain id of Base Sepolia, with a block each second and Base Sepolia's tokens at their
 * addresses, a double of its block explorers, and a built copy of the project to deploy from.
 */
export async function stageBaseSepolia() {
  const { chainId, stablecoin, wrappedNative } = networks.baseSepolia ?? {};
  if (!chainId || !stablecoin || !wrappedNative) throw new Error("There is no Base Sepolia among the networks.");
  const folder = await mkdtemp(join(tmpdir(), "tributary-staged-"));
  copyProject(folder, { built: true });

  const port = await freePort();
  const options = ["node", "--hostname", "127.0.0.1", "--port", String(port), "--chain-id", String(chainId)];
  const node = spawn(join(ROOT, "node_modules/.bin/hardhat"), options, { cwd: folder, env: scratchEnvironment() });
  let said = "";
  for (const stream of [node.stdout, node.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
  await until(
    "the node listens",
    () => said.includes("Started HTTP"),
    () => node.exitCode !== null && said,
  );
  const url = `http://127.0.0.1:${port}`;
  const provider = new JsonRpcProvider(url, undefined, { cacheTimeout: -1 });
  const deployer = new Wallet(KEYS[0], provider);
  for (const token of [stablecoin, wrappedNative]) await placeToken(provider, deployer, token);
  await placeGasPriceOracle(provider);
  await provider.send("evm_setAutomine", [false]);
  await provider.send("evm_setIntervalMining", [1_000]);
  const explorer = await startExplorerDouble(provider);

  return {
    folder,
    chainId,
    stablecoin,
    wrappedNative,
    port,
    url,
    provider,
    deployer,
    explorer,
    /** Options for commands in the copy, which replace the block explorers by the doubles. */
    environment: {
      ...scratchEnvironment(),
      NO_COLOR: "1",
      HARDHAT_CONFIG: "test/support/deploy/rehearsal.config.ts",
      BASE_SEPOLIA_RPC_URL: url,
      ETHERSCAN_API_KEY: "key",
      REHEARSAL_EXPLORER: explorer.url,
      SOURCIFY_URL: `${explorer.url}/sourcify`,
    } as NodeJS.ProcessEnv,
    stop: async () => {
      provider.destroy();
      explorer.close();
      const ended = once(node, "exit");
      node.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type StagedTestnet = Awaited<ReturnType<typeof stageBaseSepolia>>;
