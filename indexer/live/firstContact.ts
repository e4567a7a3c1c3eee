import type { Endpoints } from "#node/rpc/endpoints.ts";
import { UserError } from "#protocol/userError.ts";
import type { JournalSource } from "../journal.ts";
import { requireDeployment } from "./requireDeployment.ts";

/** The nodes do not answer at the moment, or not all that a start needs. Another try may succeed. */
export class NodesAway extends UserError {
  override name = "NodesAway";
}

/**
 * Waits until a node can be used, and checks that the chain has the deployment.
 *
 * @throws {NodesAway} if the nodes do not answer now.
 * @throws {UserError} if they serve another chain, or the chain does not have these contracts.
 */
export async function firstContact(endpoints: Endpoints, source: JournalSource): Promise<void> {
  try {
    await endpoints.ready();
  } catch (error) {
    throw error instanceof UserError && !endpoints.all.every(isOfOtherChain) ? away(error) : error;
  }
  try {
    await requireDeployment(endpoints, source);
  } catch (error) {
    throw error instanceof UserError && !/does not have the ledger/.test(error.message) ? away(error) : error;
  }
}

const away = (error: UserError) => new NodesAway(error.message, { cause: error });

const isOfOtherChain = ({ lastError }: { lastError: string | undefined }) => lastError?.startsWith("serves ") ?? false;
