import { EndpointError, errorOfAnswer, type FailedRequest } from "./endpointError.ts";

/** The result of a call, or the reason that there is none. */
export type Answer = { result: unknown } | { error: EndpointError };

/** The words for a height that has no block, on chains that skip heights. */
const NO_BLOCK = /null round/i;

/**
 * Reads the answer to one call, in any of the shapes in which nodes and gateways give it.
 *
 * @throws never; a failure is an answer, too.
 */
export function readAnswer(reply: unknown, request: FailedRequest): Answer {
  // Some gateways answer a single call as a batch of one.
  const [only, more] = Array.isArray(reply) ? (reply as unknown[]) : [reply];
  if (typeof only !== "object" || only === null || more !== undefined) return notJsonRpc(request.status);
  const { error, result, code, message, errors } = only as Record<string, unknown>;
  if (isGiven(error)) return failure(error, request);
  if (result !== undefined) return { result };
  if (code !== undefined || typeof message === "string") return failure(only, request);
  if (Array.isArray(errors) && errors.length > 0) return failure(errors[0], request);
  // Some nodes leave out a result that is null.
  if ("jsonrpc" in only || error === null) return { result: null };
  return notJsonRpc(request.status);
}

/** Sorts the answers to a batch by the ids of its calls; undefined for each that is missing. */
export function sortAnswers(replies: readonly unknown[], ids: readonly number[]): unknown[] {
  const byId = new Map<string, unknown>();
  for (const reply of replies) {
    const { id } = (reply ?? {}) as { id?: unknown };
    if (typeof id !== "number" && typeof id !== "string") continue;
    // Two answers to one call: neither is to be believed.
    byId.set(String(id), byId.has(String(id)) ? undefined : reply);
  }
  return ids.map((id) => byId.get(String(id)));
}

function failure(error: unknown, request: FailedRequest): Answer {
  const failed = errorOfAnswer(error, request);
  return request.method === "eth_getBlockByNumber" && NO_BLOCK.test(failed.message)
    ? { result: null }
    : { error: failed };
}

const isGiven = (error: unknown): boolean =>
  typeof error === "object"
    ? error !== null && Object.keys(error).length > 0
    : error !== undefined && error !== false && error !== "";

const notJsonRpc = (status?: number): Answer => ({
  error:
    status === undefined || status < 400
      ? new EndpointError("wrong", "its answer is not JSON-RPC")
      : new EndpointError("unreachable", `HTTP ${status}`, { status }),
});
