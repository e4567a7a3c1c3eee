import { isAddressEqual } from "viem";
import { createClient, type TributaryClient } from "#client/api/createClient.ts";
import { UserError } from "#protocol/userError.ts";
import { innermost } from "#client/errors/explain.ts";
import type { Session } from "./session.ts";

export interface ApiOptions {
  api: string;
}

/** An answer of the indexer, or the reason for none. */
type Answer<T> = { data?: T; error?: { detail?: string | undefined } | undefined };

/**
 * Connects to an indexer that follows the session's deployment.
 *
 * @throws {UserError} if it is not there, or follows another.
 */
export async function connectApi(session: Session, { api }: ApiOptions): Promise<TributaryClient> {
  const client = createClient(`${api.replace(/\/$/, "")}/chains/${session.chain.chainId}`);
  const {
    data: { ledger },
  } = await answered(api, () => client.GET("/v1/ledger"));
  if (!isAddressEqual(ledger as `0x${string}`, session.deployment.ledger)) {
    throw new UserError(`The indexer at ${api} follows the ledger ${ledger}, not ${session.deployment.ledger}.`);
  }
  return client;
}

/** @throws {UserError} if the indexer gives no answer, with its reason. */
export async function answered<T>(api: string, ask: () => Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await ask();
  } catch (cause) {
    throw new UserError(
      `No indexer answers at ${api} (${innermost(cause)}). Start one (npm run indexer -- --deployment …), or name another: --api.`,
      { cause },
    );
  }
  if (answer.data !== undefined) return answer.data;
  throw new UserError(`The indexer at ${api} gives no answer: ${answer.error?.detail ?? "it follows another chain."}`);
}
