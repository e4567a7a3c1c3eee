import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { EIP1193Provider } from "viem";
import { deploymentFile, readDeployment } from "#node/deploymentFile.ts";
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
 *   for another chain, or the chain has no ledger at its address.
 */
export async function openSession({
  hre,
  options,
  terminal,
  signal,
  needsKey,
}: OpenSessionParameters): Promise<Session> {
  if (options.confirmations < 1) throw new UserError("--confirmations must be 1 or more.");
  const { network = "default" } = hre.globalOptions;
  if (hre.config.networks[network]?.type !== "http") {
    throw new UserError(
      "Without --network, Hardhat uses a chain that exists only during this command. Name the network, such as --network localhost.",
    );
  }
  seeOwnWrites(hre);
  const { provider, chainId } = await connect(hre, needsKey);
  const file = options.deployment ?? deploymentFile(chainId);
  const deployment = await readDeployment(file);
  if (deployment.chainId !== chainId) {
    throw new UserError(
      `The deployment file is for chain ${deployment.chainId}, but the network is on chain ${chainId}. Name another file with --deployment, or another network with --network.`,
    );
  }
  const code = await provider.request({ method: "eth_getCode", params: [deployment.ledger, "latest"] });
  if (code === "0x") {
    throw new UserError(
      `There is no contract at ${deployment.ledger}, the ledger in ${file}, on this chain (${chainId}). If a development chain was restarted, deploy again. Otherwise name another network or deployment file.`,
    );
  }
  if (needsKey) await requireAccounts(provider);
  return new Session({ provider, deployment, options, terminal, signal });
}

const INVALID_KEY =
  "The network's private key is not valid. It must be 0x and 64 hexadecimal digits. Store it again: npx hardhat keystore set PRIVATE_KEY.";

/** Reads the network's accounts. Where they come from a key, no request is sent, so that an error is the key's. */
async function requireAccounts(provider: Pick<EIP1193Provider, "request">): Promise<void> {
  try {
    await provider.request({ method: "eth_accounts" });
  } catch (cause) {
    const { message } = cause as Error;
    if (/not found|POST request/.test(message)) throw cause; // no key is stored, or the node has gone away
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
    if (!/hex string.*PRIVATE_KEY/.test((cause as Error).message)) throw cause;
    throw new UserError(INVALID_KEY, { cause });
  }
}
