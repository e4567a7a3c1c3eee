import {
  BaseError,
  ContractFunctionRevertedError,
  ContractFunctionZeroDataError,
  createPublicClient,
  custom,
} from "viem";
import type { Endpoints } from "#node/rpc/endpoints.ts";
import { registryAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import type { JournalSource } from "../journal.ts";

/** @throws {UserError} if the chain does not have this pair of contracts. */
export async function requireDeployment(endpoints: Endpoints, { registry, ledger }: JournalSource): Promise<void> {
  const client = createPublicClient({ transport: custom(endpoints, { retryCount: 0 }) });
  const registeredLedger = await client
    .readContract({ address: registry, abi: registryAbi, functionName: "ledger" })
    .catch((error: unknown) => {
      if (error instanceof BaseError && error.walk(isMissingContract)) return undefined;
      const reason = error instanceof BaseError ? error.details || error.shortMessage : String(error);
      throw new UserError(`The node could not return the ledger of the registry ${registry} (${reason}). Try again.`);
    });
  if (registeredLedger?.toLowerCase() !== ledger.toLowerCase()) {
    throw new UserError(
      `On this chain, the registry ${registry} does not have the ledger ${ledger}. If a development chain was restarted, run deploy with --reset. Otherwise check the deployment file and the node's URL.`,
    );
  }
}

const isMissingContract = (error: unknown) =>
  error instanceof ContractFunctionRevertedError || error instanceof ContractFunctionZeroDataError;
