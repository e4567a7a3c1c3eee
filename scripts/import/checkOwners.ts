import { type Address, createPublicClient, custom, type EIP1193Provider } from "viem";
import { Chain } from "#client/chain/chain.ts";
import { checkRecipients } from "#client/recipients/checkRecipients.ts";
import type { Recipient } from "#client/recipients/recipient.ts";
import type { Deployment } from "#protocol/deployment.ts";
import { UserError } from "#protocol/userError.ts";
import type { OwnerOf } from "./owners.ts";
import type { ImportPlan } from "./planImport.ts";

export interface CheckOwnersParameters {
  provider: Pick<EIP1193Provider, "request">;
  deployment: Deployment;
  plan: ImportPlan;
  ownerOf: OwnerOf;
  /** The account that sends the import. */
  importer: string;
}

/**
 * Checks the owners and the shareholders of an import before anything is sent.
 *
 * @returns Warnings of contracts that may be passive.
 * @throws {UserError} if one is a dead end.
 */
export async function checkOwners(parameters: CheckOwnersParameters): Promise<string[]> {
  const { provider, deployment, plan, ownerOf, importer } = parameters;
  const client = createPublicClient({ transport: custom(provider, { retryCount: 0 }) });
  const recipients = new Map<string, Recipient>();
  const add = (address: string, purpose: Recipient["purpose"]) =>
    // Addresses of an owners file and of a custodian have been parsed.
    recipients.set(`${address}/${purpose}`, { address: address as Address, purpose });
  for (const asset of new Set(plan.map((entry) => entry.asset))) {
    const { owner, contributors } = ownerOf(asset);
    add(owner, "asset");
    for (const { account } of contributors) add(account, "shares");
  }
  try {
    return await checkRecipients(new Chain({ client, deployment }), importer as Address, [...recipients.values()]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${error.message} Correct the owners file or --custodian. Nothing was sent.`, { cause: error });
  }
}
