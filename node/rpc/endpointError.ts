import { BaseError, RpcRequestError } from "viem";
import { kindOfNodeError, type NodeErrorKind, readWait } from "#protocol/failures/nodeError.ts";
import { urlsWithoutSecrets } from "../withoutSecrets.ts";

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

export interface EndpointErrorOptions extends ErrorOptions {
  retryAfterMs?: number | undefined;
  status?: number | undefined;
  isRevert?: boolean | undefined;
  isTimeout?: boolean | undefined;
}

/** A request to an endpoint without a usable answer. The message never contains the URL, which may contain a key. */
export class EndpointError extends Error {
  override name = "EndpointError";
  readonly kind: EndpointErrorKind;
  /** Time that the endpoint asks to be left alone, in milliseconds; undefined if it did not say. */
  readonly retryAfterMs: number | undefined;
  /** HTTP status of an answer that is an error. */
  readonly status: number | undefined;
  /** True if the contract that was called reverted: no other endpoint answers otherwise. */
  readonly isRevert: boolean;
  /** True if the time for the answer was over. */
  readonly isTimeout: boolean;

  constructor(kind: EndpointErrorKind, message: string, options: EndpointErrorOptions = {}) {
    super(message, options);
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
    this.status = options.status;
    this.isRevert = options.isRevert ?? false;
    this.isTimeout = options.isTimeout ?? false;
  }
}

/** The request that failed, as far as it is known. */
export interface FailedRequest {
  /** Name of the endpoint. */
  endpoint?: string | undefined;
  method?: string | undefined;
  /** True if it was about blocks far below the newest. */
  isOld?: boolean | undefined;
  /** HTTP status of the answer. */
  status?: number | undefined;
  /** Time that the answer's header asks for. */
  retryAfterMs?: number | undefined;
}

/** The reaction to each kind of a node's error. */
const REACTIONS: Readonly<Record<NodeErrorKind, EndpointErrorKind>> = {
  reverted: "refused",
  tooLarge: "refused",
  limited: "limited",
  pruned: "pruned",
  unsupported: "unsupported",
  away: "unreachable",
};
const LONGEST_WORDS = 300;

/**
 * Makes an error of what an endpoint answered instead of a result: an error of JSON-RPC in any of the shapes in which nodes
 * and gateways give it, or another text.
 *
 * @param answer An object with a code, a message and data, of which each may be missing; or a text.
 */
export function errorOfAnswer(answer: unknown, request: FailedRequest = {}): EndpointError {
  const { code, data, message } = partsOf(answer);
  const { endpoint = "", method, isOld, status } = request;
  const words = message.slice(0, LONGEST_WORDS * 4);
  const found = kindOfNodeError({ message: words, code, status, method, isOld });
  // A gateway, not a node, answers without a code.
  const kind = found ? REACTIONS[found] : code === undefined ? "unreachable" : "refused";
  const http = status === undefined || status < 400 ? "" : `HTTP ${status} `;
  const said = urlsWithoutSecrets(isPage(words) ? "" : words.slice(0, LONGEST_WORDS)).trim();
  const text = (code === undefined ? `${http}${said}`.trim() : said) || `error ${String(code ?? "without a text")}`;
  const numericCode = Number(code);
  const cause =
    code === undefined
      ? undefined
      : new RpcRequestError({
          body: { method },
          error: { code: Number.isFinite(numericCode) ? numericCode : -32_000, message: text, data },
          url: endpoint,
        });
  return new EndpointError(kind, text, {
    cause,
    isRevert: found === "reverted",
    ...(http && { status }),
    ...(kind === "limited" && { retryAfterMs: request.retryAfterMs ?? readWait(words, data) }),
  });
}

/** Classifies any error of a transport. */
export function classifyError(error: unknown, request: FailedRequest = {}): EndpointError {
  if (error instanceof EndpointError) return error;
  if (error instanceof BaseError) {
    const within = error.walk((each) => each instanceof EndpointError || each instanceof RpcRequestError);
    if (within instanceof EndpointError) return within;
    if (within instanceof RpcRequestError) {
      const { code, details, shortMessage, data } = within;
      return errorOfAnswer({ code, message: details || shortMessage, data }, request);
    }
    return new EndpointError("unreachable", error.details || error.shortMessage, { cause: error });
  }
  // A WebSocket's subscription fails with the node's error as it is.
  if (isErrorOfNode(error)) return errorOfAnswer(error, request);
  return new EndpointError("unreachable", describe(error), { cause: error });
}

/** Parses a `Retry-After` header (seconds or a date), in milliseconds. */
export function parseRetryAfter(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - nowMs;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

const isPage = (text: string) => /^\s*</.test(text);

const isErrorOfNode = (error: unknown): boolean =>
  typeof error === "object" && error !== null && !(error instanceof Error) && ("code" in error || "message" in error);

/** Returns the code, the data and all words of an error. */
function partsOf(answer: unknown): { code: unknown; data: unknown; message: string } {
  if (typeof answer !== "object" || answer === null) {
    return { code: undefined, data: undefined, message: typeof answer === "string" ? answer : "" };
  }
  const { code, data, message } = answer as Record<string, unknown>;
  const isCode = Number.isFinite(code) || (typeof code === "string" && /^-?\d+$/.test(code));
  const words = [...new Set([wordsOf(message), wordsOf(data)])].filter((each) => each !== "").join(": ");
  return { code: isCode ? code : undefined, data, message: words };
}

/** Returns the words in a field of an error: a text, or an object with one. Leaves out encoded data. */
function wordsOf(value: unknown): string {
  if (typeof value === "string") return /^\s*0x[0-9a-f]*\s*$/i.test(value) ? "" : value;
  if (typeof value !== "object" || value === null) return "";
  const { message, details, reason, error } = value as Record<string, unknown>;
  for (const each of [message, details, reason, error]) if (typeof each === "string") return each;
  return "";
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return "the connection broke";
  const { cause, message } = error;
  if (!(cause instanceof Error)) return message;
  const { code } = cause as NodeJS.ErrnoException;
  return [message, cause.message || code].filter((each) => each !== undefined).join(": ");
}
