import { BaseError, HttpRequestError, ResponseBodyTooLargeError, RpcRequestError, TimeoutError } from "viem";
import { LIMIT_CODES } from "#protocol/failures/failure.ts";

/**
 * The kind of an endpoint's failure, by the reaction to it:
 *
 * - `refused`: it answered with an error, or with too large a reply. Send a smaller request.
 * - `limited`: too many requests. Send none until its rest is over.
 * - `unreachable`: no answer, or none in time. Use another endpoint, and later this one again.
 * - `wrong`: an answer that cannot be true. Use another endpoint, and later this one again.
 * - `changed`: a reorg changed the chain during the read. Read again; no endpoint is at fault.
 * - `pruned`: it keeps nothing so old. Use another endpoint: a smaller request does not help.
 * - `unsupported`: it does not have the method, or does not allow it. Send another request, or use another endpoint.
 */
export type EndpointErrorKind = "refused" | "limited" | "unreachable" | "wrong" | "changed" | "pruned" | "unsupported";

/** A request to an endpoint without a usable answer. The message never contains the URL, which may contain a key. */
export class EndpointError extends Error {
  override name = "EndpointError";
  readonly kind: EndpointErrorKind;
  /** Time that the endpoint asks to be left alone, in milliseconds; undefined if it did not say. */
  readonly retryAfterMs: number | undefined;

  constructor(kind: EndpointErrorKind, message: string, options: ErrorOptions & { retryAfterMs?: number } = {}) {
    super(message, options);
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Classifies any error of a transport. */
export function classifyError(error: unknown): EndpointError {
  if (error instanceof EndpointError) return error;
  if (!(error instanceof BaseError)) return new EndpointError("unreachable", describe(error), { cause: error });
  const within = <T>(type: new (...args: never[]) => T) => error.walk((each) => each instanceof type) as T | null;
  const own = within(EndpointError);
  if (own) return own;
  const refusal = within(RpcRequestError);
  if (refusal) {
    const kind = LIMIT_CODES.has(refusal.code) ? "limited" : "refused";
    return new EndpointError(kind, refusal.details || refusal.shortMessage, { cause: error });
  }
  if (within(ResponseBodyTooLargeError)) {
    return new EndpointError("refused", "its answer is too long", { cause: error });
  }
  const http = within(HttpRequestError);
  if (http) {
    const { cause, status, details } = http;
    if (status === undefined && (cause instanceof SyntaxError || cause instanceof TypeError) && !cause.cause) {
      return new EndpointError("wrong", "its answer is not JSON-RPC", { cause: error });
    }
    const why = status === undefined ? describe(cause) : `HTTP ${status} ${details ?? ""}`.trim();
    return new EndpointError("unreachable", why, { cause: error });
  }
  if (within(TypeError)) return new EndpointError("wrong", "its answer is not JSON-RPC", { cause: error });
  if (within(TimeoutError)) return new EndpointError("unreachable", "no answer in time", { cause: error });
  return new EndpointError("unreachable", error.details || error.shortMessage, { cause: error });
}

/** Parses a `Retry-After` header (seconds or a date), in milliseconds. */
export function parseRetryAfter(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - nowMs;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return "the connection broke";
  const { cause, message } = error;
  return cause instanceof Error && cause.message !== "" ? `${message}: ${cause.message}` : message;
}
