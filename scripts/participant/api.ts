import { isAddress, isAddressEqual } from "viem";
import { createClient, type TributaryClient } from "#client/api/createClient.ts";
import { UserError } from "#protocol/userError.ts";
import { classifyFailure } from "#protocol/failures/failure.ts";
import type { Session } from "./session.ts";

export interface ApiOptions {
  api: string;
}

/** An answer of the indexer's API: data, or an error. */
type Answer<T> = {
  data?: T;
  error?: { code?: string | undefined; detail?: string | undefined } | undefined;
  response: Pick<Response, "status">;
};

/**
 * Connects to an indexer, and checks that it follows the session's deployment.
 *
 * @throws {UserError} if the indexer does not answer, or if it follows another deployment.
 */
export async function connectApi(session: Session, { api }: ApiOptions): Promise<TributaryClient> {
  const client = createClient(`${api.replace(/\/$/, "")}/chains/${session.chain.chainId}`);
  const answer = await readAnswer(session, { api }, () => client.GET("/v1/ledger"));
  // Another server may answer with any JSON.
  const { ledger } = (answer as Partial<typeof answer>).data ?? {};
  if (ledger === undefined || !isAddress(ledger)) {
    throw new UserError(`The server at ${api} is not an indexer of Tributary. Name another with --api.`);
  }
  if (!isAddressEqual(ledger, session.deployment.ledger)) {
    throw new UserError(
      `The indexer at ${api} follows the ledger ${ledger}, not ${session.deployment.ledger}. Name the indexer of this deployment with --api.`,
    );
  }
  return client;
}

/**
 * Reads the data of an API answer.
 *
 * @throws {UserError} if the indexer does not answer, or answers with an error.
 */
export async function readAnswer<T>(
  { chain: { chainId } }: Session,
  { api }: ApiOptions,
  ask: () => Promise<Answer<T>>,
): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await ask();
  } catch (cause) {
    throw new UserError(
      `No indexer answers at ${api} (${classifyFailure(cause).reason}). Start one with npm run indexer -- --deployment …, or name another with --api.`,
      { cause },
    );
  }
  if (answer.data !== undefined) return answer.data;
  const { code, detail } = answer.error ?? {};
  throw new UserError(
    detail === undefined || code === "unknown-page"
      ? `The indexer at ${api} answered with an error (HTTP ${answer.response.status}). Check that it follows chain ${chainId}, or name another with --api.`
      : `The indexer at ${api} refused the request: ${detail}`,
  );
}
