import { isAddressEqual } from "viem";
import { isOtherGenesis, OTHER_GENESIS_ADVICE, readGenesis } from "#protocol/failures/genesis.ts";
import { UserError } from "#protocol/userError.ts";
import { classifyFailure } from "#protocol/failures/failure.ts";
import type { Chain } from "./chain.ts";

export interface RequireDeploymentParameters {
  chain: Chain;
  /** Hash of block 0 according to the deployment; undefined if it is not known. */
  genesis: string | undefined;
  /** The deployment's file, or another name of it. */
  name: string;
}

/**
 * Checks that a chain has the pair of registry and ledger of a deployment.
 *
 * @throws {UserError} if the chain's block 0 is another one, or if one of the addresses has no contract or another one.
 */
export async function requireDeployment({ chain, genesis, name }: RequireDeploymentParameters): Promise<void> {
  const { client, chainId, deployment } = chain;
  const request = (method: string, params: unknown[]) => client.request({ method, params } as never);
  const actual = genesis === undefined ? undefined : await readGenesis(request);
  if (isOtherGenesis(genesis, actual)) {
    throw new UserError(
      `This is another chain with the same id (${chainId}) as in ${name}: its block 0 is ${actual}, not ${genesis}. ${OTHER_GENESIS_ADVICE}`,
    );
  }
  const { registry, ledger: ledgerAddress, periphery } = deployment;
  const sites = Object.entries(periphery).map(([title, site]) => [title, site?.address] as const);
  await Promise.all(
    [["registry", registry] as const, ["ledger", ledgerAddress] as const, ...sites].map(async ([contract, address]) => {
      const code = address === undefined ? undefined : await client.getCode({ address });
      if (address === undefined || (code !== undefined && code !== "0x")) return;
      throw new UserError(
        `There is no contract at ${address}, the ${contract} in ${name}, on this chain (${chainId}). If a development chain was restarted, run deploy with --reset. Otherwise name another network or deployment file.`,
      );
    }),
  );
  const ledger = await chain.registry.read.ledger().catch((error: unknown) => {
    if (OTHER_CONTRACT.has(classifyFailure(error).kind)) return undefined;
    throw error;
  });
  if (ledger !== undefined && isAddressEqual(ledger, deployment.ledger)) return;
  throw new UserError(
    ledger === undefined
      ? `The contract at ${deployment.registry} on this chain (${chainId}) is not a registry of Tributary, although ${name} says so. Name another deployment file or network.`
      : `On this chain (${chainId}), the registry ${deployment.registry} has the ledger ${ledger}, not ${deployment.ledger} as in ${name}. Correct the file, or name another.`,
  );
}

const OTHER_CONTRACT = new Set(["refused", "nothingThere"]);
