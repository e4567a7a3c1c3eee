import { BaseError, HttpRequestError, ResponseBodyTooLargeError, RpcRequestError, TimeoutError } from "viem";

/**
 * Why an endpoint was of no use, classed by what to do about it:
 *
 * - `refused`: it answered with an error, or with more than we take. It may like a smaller question.
 * - `limited`: too many questions. Ask nothing until it may be asked again.
 * - `unreachable`: no answer, or none in time. Another endpoint, and later this one.
 * - `wrong`: an answer that cannot be true. Another endpoint, and later this one.
 * - `changed`: the chain changed while it was read. Read again; nobody's fault.
 */
export type EndpointErrorKind = "refused" | "limited" | "unreachable" | "wrong" | "changed";

/** A question to an endpoint that brought no usable answer. Its message never holds the URL, which may hold a key. */
export class EndpointError extends Error {
  override name = "EndpointError";
  readonly kind: EndpointErrorKind;
  /** How long the endpoint wants to be left alone, where it said so. */
  readonly retryAfterMs: number | undefined;

  constructor(kind: EndpointErrorKind, message: string, options: ErrorOptions & { retryAfterMs?: number } = {}) {
    super(message, options);
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Codes with which providers say "slow down" in the body. -32005 is none: some mean "too many results" by it. */
const LIMIT_CODES = new Set([429, -32007, -32029]);

/** Classes whatever a transport throws. */
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
    return new EndpointError("refused", "its answer is longer than it may be", { cause: error });
  }
  const http = within(HttpRequestError);
  if (http) {
    const { cause, status, details } = http;
    if (status === undefined && (cause instanceof SyntaxError || cause instanceof TypeError) && !cause.cause) {
      return new EndpointError("wrong", "its answer is not of JSON-RPC", { cause: error });
    }
    const why = status === undefined ? describe(cause) : `HTTP ${status} ${details ?? ""}`.trim();
    return new EndpointError("unreachable", why, { cause: error });
  }
  if (within(TypeError)) return new EndpointError("wrong", "its answer is not of JSON-RPC", { cause: error });
  if (within(TimeoutError)) return new EndpointError("unreachable", "no answer in time", { cause: error });
  return new EndpointError("unreachable", error.details || error.shortMessage, { cause: error });
}

/** `Retry-After` in milliseconds: seconds, or a date. */
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
