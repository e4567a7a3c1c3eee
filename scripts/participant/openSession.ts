import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { createPublicClient, custom, type EIP1193Provider } from "viem";
import { Chain } from "#client/chain/chain.ts";
import { requireDeployment } from "#client/chain/requireDeployment.ts";
import { deploymentFile, readDeployment } from "#node/deploymentFile.ts";
import type { Deployment } from "#protocol/deployment.ts";
import { classifyFailure } from "#protocol/failures/failure.ts";
import { UserError } from "#protocol/userError.ts";
import { seeOwnWrites } from "../tasks/seeOwnWrites.ts";
import type { SharedOptions } from "./commandLine.ts";
import { Session } from "./session.ts";
import type { Terminal } from "./terminal.ts";

export interface OpenSessionParameters {
  hre: HardhatRuntimeEnvironment;
  options: SharedOptions;
  terminal: Terminal;
  signal: AbortSignal;
  /** True if the command signs. If false, the network's key is not read. */
  needsKey: boolean;
}

/**
 * Opens a session on the network that `--network` names, with its deployment.
 *
 * @throws {UserError} if no network is named that stays, its key is not valid, the deployment file does not exist or is
 *   for another chain, or the chain does not have its contracts.
 */
export async function openSession({
  hre,
  options,
  terminal,
  signal,
  needsKey,
}: OpenSessionParameters): Promise<Session> {
  if (options.confirmations < 1) throw new UserError("--confirmations must be 1 or more.");
  if (options.plain && options.propose === undefined)
    throw new UserError(
      "--plain is a form of the file that --propose writes. Add --propose FILE, or leave out --plain.",
    );
  if (options.propose === "") throw new UserError("--propose has no file. Name one, such as --propose calls.json.");
  requireLastingNetwork(hre);
  seeOwnWrites(hre);
  const { provider, chainId } = await connect(hre, needsKey);
  // Any further request fails for a bad key, which then looks like a failure of the node.
  if (needsKey) await requireAccounts(provider);
  const file = options.deployment ?? deploymentFile(chainId);
  const deployment = await readDeployment(file);
  requireSameChain(deployment, chainId);
  await requireDeploymentOn({ provider }, deployment, file);
  return new Session({ provider, deployment, options, terminal, signal });
}

/** @throws {UserError} if the chain of `--network` ends with the command. */
export function requireLastingNetwork(hre: Pick<HardhatRuntimeEnvironment, "globalOptions" | "config">): void {
  const { network = "default" } = hre.globalOptions;
  const { networks } = hre.config;
  if (networks[network]?.type === "http") return;
  const names = Object.keys(networks).filter((name) => networks[name]?.type === "http");
  throw new UserError(
    networks[network]
      ? "Without --network, Hardhat uses a chain that exists only during this command. Name the network, such as --network localhost."
      : `There is no network ${network}. Name one of these with --network: ${names.join(", ")}.`,
  );
}

/** @throws {UserError} if the deployment is on another chain. */
export function requireSameChain(deployment: Deployment, chainId: number): void {
  if (deployment.chainId === chainId) return;
  throw new UserError(
    `The deployment file is for chain ${deployment.chainId}, but the network is on chain ${chainId}. Name another file with --deployment, or another network with --network.`,
  );
}

/** @throws {UserError} if the network does not have the deployment's contracts; see {@link requireDeployment}. */
export async function requireDeploymentOn(
  { provider }: { provider: unknown },
  deployment: Deployment,
  file: string,
): Promise<void> {
  // Hardhat's provider follows EIP-1193, but its types differ from viem's.
  const client = createPublicClient({ transport: custom(provider as EIP1193Provider, { retryCount: 0 }) });
  await requireDeployment({ chain: new Chain({ client, deployment }), genesis: deployment.genesis, name: file });
}

const INVALID_KEY =
  "The network's private key is not valid. It must be 0x and 64 hexadecimal digits. A recovery phrase is not a key. Store it again: npx hardhat keystore set PRIVATE_KEY.";

/** Reads the network's accounts. Where they come from a key, no request is sent, so that an error is the key's. */
async function requireAccounts(provider: Pick<EIP1193Provider, "request">): Promise<void> {
  try {
    await provider.request({ method: "eth_accounts" });
  } catch (cause) {
    const { kind } = classifyFailure(cause);
    if (kind !== "badKey" && kind !== "unknown") throw cause; // no key is stored, or the node has gone away
    throw new UserError(INVALID_KEY, { cause });
  }
}

/** Connects to the network. Hardhat refuses a key that is no hexadecimal text before it sends the first request. */
async function connect(hre: HardhatRuntimeEnvironment, needsKey: boolean) {
  try {
    const connection = await hre.network.create(needsKey ? {} : { override: { accounts: "remote" } });
    // Hardhat's provider follows EIP-1193, but its types differ from viem's.
    const provider = connection.provider as unknown as EIP1193Provider;
    return { provider, chainId: Number(await provider.request({ method: "eth_chainId" })) };
  } catch (cause) {
    if (classifyFailure(cause).kind !== "badKey") throw cause;
    throw new UserError(INVALID_KEY, { cause });
  }
}
