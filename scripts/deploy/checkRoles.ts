import { type Address, createPublicClient, custom, type EIP1193Provider, zeroAddress } from "viem";
import { warningsOf } from "#client/recipients/checkRecipients.ts";
import { UserError } from "#protocol/userError.ts";
import type { DeploymentPlan } from "./planDeployment.ts";

/**
 * Checks the accounts that a deployment gives its roles to, before anything is sent: none can be changed afterwards,
 * except the proposer of a timelock.
 *
 * @returns Warnings of contracts that may be passive.
 * @throws {UserError} if one is a dead end.
 */
export async function checkRoles(
  provider: Pick<EIP1193Provider, "request">,
  { admin, commonsBeneficiary, currencies, wrappedNative, identityRegistry, permit2, deployer }: DeploymentPlan,
): Promise<string[]> {
  const client = createPublicClient({ transport: custom(provider, { retryCount: 0 }) });
  // Besides the delay, the admin's part of a plan has accounts only, each under the name of its option.
  const ofAdmin = Object.entries(admin)
    .filter(([, value]) => typeof value === "string")
    .map(([name, value]) => [name === "account" ? "--admin" : `--${name}`, String(value)] as const);
  const roles = [...ofAdmin, ["--commons-beneficiary", commonsBeneficiary] as const];
  const named: [string, string][] = [
    ...currencies.map(({ address, symbol }): [string, string] => [address, `${symbol}, a currency of this deployment`]),
    [wrappedNative, "the token that wraps native money"],
    [identityRegistry, "the registry of identities"],
    [permit2, "Permit2"],
  ];
  const deadEnds = new Map(
    named.filter(([address]) => address !== zeroAddress).map(([address, is]) => [address.toLowerCase(), is]),
  );
  const warnings: string[] = [];
  for (const [option, account] of roles) {
    if (account === undefined) continue;
    // The plan has parsed it.
    const recipient = { address: account as Address, purpose: "role" } as const;
    try {
      const messages = await warningsOf({ client, deadEnds }, [recipient], deployer as Address);
      warnings.push(...messages.map((message) => `${option}: ${message}`));
    } catch (error) {
      throw error instanceof UserError ? new UserError(`${option}: ${error.message}`, { cause: error }) : error;
    }
  }
  return warnings;
}
