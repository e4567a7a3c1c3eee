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

/** @throws {UserError} if there is no such pair of contracts on this chain. */
export async function requireDeployment(endpoints: Endpoints, { registry, ledger }: JournalSource): Promise<void> {
  const client = createPublicClient({ transport: custom(endpoints, { retryCount: 0 }) });
  const named = await client
    .readContract({ address: registry, abi: registryAbi, functionName: "ledger" })
    .catch((error: unknown) => {
      if (error instanceof BaseError && error.walk(saysNoSuchContract)) return undefined;
      const why = error instanceof BaseError ? error.details || error.shortMessage : String(error);
      throw new UserError(`The node does not tell which ledger the registry ${registry} has (${why}). Try again.`);
    });
  if (named?.toLowerCase() !== ledger.toLowerCase()) {
    throw new UserError(
      `The registry ${registry} has no ledger ${ledger} on this chain. Look at the deployment's file.`,
    );
  }
}

const saysNoSuchContract = (error: unknown) =>
  error instanceof ContractFunctionRevertedError || error instanceof ContractFunctionZeroDataError;
