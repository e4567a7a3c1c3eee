import { readWait } from "#protocol/failures/nodeError.ts";
import { classifyError, EndpointError, errorOfAnswer, type FailedRequest, parseRetryAfter } from "./endpointError.ts";

/** An answer whose body is JSON. */
export interface HttpAnswer {
  status: number;
  /** Time that the header `Retry-After` asks for. */
  retryAfterMs: number | undefined;
  body: unknown;
}

/** Bounds the memory of each request in flight. A larger reply counts as a refusal. */
const LARGEST_REPLY_BYTES = 128 * 1024 * 1024;
/** The part of a limited answer in which words for a wait are looked for. */
const MOST_WORDS = 1_000;

/**
 * Sends JSON-RPC over HTTP and gives whatever JSON is answered, with any status. viem's transport drops the words of gateways
 * and the answers of a batch that are not there or not in order, so that some calls get those of others.
 */
export class HttpRpc {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(address: string) {
    const url = new URL(address);
    const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    const authorization = `Basic ${Buffer.from(credentials).toString("base64")}`;
    this.#headers = {
      "Content-Type": "application/json",
      ...(credentials !== ":" && { Authorization: authorization }),
    };
    url.username = "";
    url.password = "";
    this.#url = url.href;
  }

  /**
   * Sends a call or a batch.
   *
   * @throws {EndpointError} if there is no answer, if it is not JSON, or if its status says that there were too many.
   */
  async post(body: object, signal: AbortSignal, request: FailedRequest): Promise<HttpAnswer> {
    let response: Response;
    let text: string;
    try {
      const headers = { ...this.#headers };
      response = await fetch(this.#url, { method: "POST", headers, body: JSON.stringify(body), signal });
      text = await readText(response);
    } catch (error) {
      signal.throwIfAborted();
      throw classifyError(error);
    }
    const { status } = response;
    const retryAfterMs = parseRetryAfter(response.headers.get("Retry-After"), Date.now());
    if (status === 429 || (status === 503 && retryAfterMs !== undefined)) {
      throw new EndpointError("limited", `HTTP ${status}`, {
        status,
        retryAfterMs: retryAfterMs ?? readWait(text.slice(0, MOST_WORDS), parse(text)),
      });
    }
    const answer = parse(text);
    if (typeof answer === "object" && answer !== null) return { status, retryAfterMs, body: answer };
    const words = typeof answer === "string" ? answer : text;
    const error = errorOfAnswer(words, { ...request, status, retryAfterMs });
    // Words that say nothing of the request, with a status that says that all is well.
    if (response.ok && error.kind === "unreachable") {
      const what = text.trimStart().startsWith("<") ? "a web page, not JSON-RPC" : "not JSON-RPC";
      throw new EndpointError("wrong", `its answer is ${what}`, { cause: error });
    }
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readText({ body, headers }: Response): Promise<string> {
  const tooLong = () => new EndpointError("refused", "its answer is too long");
  if (!body) return "";
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    if (Number(headers.get("Content-Length")) > LARGEST_REPLY_BYTES) throw tooLong();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      bytes += value.byteLength;
      if (bytes > LARGEST_REPLY_BYTES) throw tooLong();
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined); // it is broken already
    throw error;
  }
}
