import { kindOfNodeError, type NodeErrorKind, REVERTED } from "./nodeError.ts";

/**
 * The kind of a failed request, by what a person can do about it:
 *
 * - `unreachable`: no answer. Start the node, or correct the URL.
 * - `limited`: too many requests. Wait, or use another node.
 * - `tooLarge`: the request exceeds a limit of the node. Ask for less, or use another node.
 * - `pruned`: the node keeps nothing so old. Use another node.
 * - `unauthorized`: the node wants a key, or another one.
 * - `notNode`: an answer that no Ethereum node gives, such as a web page.
 * - `noTls`: no secure connection. The server does not use TLS, or its certificate is not valid.
 * - `unset`: a setting, such as the node's URL, is missing.
 * - `badUrl`: the URL cannot be used.
 * - `badKey`: the private key cannot be used.
 * - `wrongChain`: the node serves another chain.
 * - `unsupported`: the node does not have the method.
 * - `nothingThere`: no contract, or another one, is at the address.
 * - `refused`: the contract reverted.
 * - `outOfFunds`: too little native money for the value and the gas.
 * - `nonceUsed`: another transaction of the account has the same nonce.
 * - `rejected`: the node answered with another error.
 * - `unknown`: none of these.
 */
export type FailureKind =
  | "unreachable"
  | "limited"
  | "tooLarge"
  | "pruned"
  | "unauthorized"
  | "notNode"
  | "noTls"
  | "unset"
  | "badUrl"
  | "badKey"
  | "wrongChain"
  | "unsupported"
  | "nothingThere"
  | "refused"
  | "outOfFunds"
  | "nonceUsed"
  | "rejected"
  | "unknown";

export interface Failure {
  kind: FailureKind;
  /** The reason that the node, the network or the library gave, without a period at its end. */
  reason: string;
}

interface Link {
  name: string;
  message: string;
  code: unknown;
  status: number | undefined;
}

const NO_CONNECTION = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
  "NETWORK_ERROR",
  "TIMEOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_SOCKET",
  "HHE703",
  "HHE704",
]);

/** The last ones are those of the library that computes a key's account: too short, too long, 0, or too large. */
const BAD_KEY =
  /invalid private key|private key must be|Field\.fromBytes: expected \d+ bytes|invalid scalar: out of range|invalid field element: outside of range/i;

const NO_TLS_CODE =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|SELF_SIGNED_|DEPTH_ZERO_SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)_|EPROTO$)/;

type Rule = [kind: FailureKind, holds: (link: Link) => boolean];

const says = (pattern: RegExp) => (link: Link) => pattern.test(link.message);

/** The lines of a library's message that are not the node's words. */
const NOT_ITS_WORDS = /^(?:URL|Request body|Request Arguments|Docs|Version): .*$/gm;

/** Returns a condition that holds for a link with a code or a status: other texts may contain the same words. */
const isNodeError =
  (kind: NodeErrorKind) =>
  ({ message, code, status }: Link) =>
    (status !== undefined || /^-?\d+$/.test(String(code))) &&
    kindOfNodeError({ message: message.replaceAll(NOT_ITS_WORDS, ""), code, status }) === kind;

/** The first rule that holds for any link decides. What is more certain comes first. */
const RULES: readonly Rule[] = [
  ["refused", ({ message, code }) => REVERTED.test(message) || code === 3 || code === "CALL_EXCEPTION"],
  ["outOfFunds", says(/insufficient funds|doesn't have enough funds|gas required exceeds allowance \(0\)/i)],
  ["outOfFunds", ({ code }) => code === "INSUFFICIENT_FUNDS"],
  ["nonceUsed", says(/nonce too low|nonce has already been used|already known|replacement transaction underpriced/i)],
  ["nonceUsed", ({ code }) => code === "NONCE_EXPIRED" || code === "REPLACEMENT_UNDERPRICED"],
  ["unset", ({ code }) => code === "HHE7"],
  ["badKey", ({ message, code }) => code === "HHE30" || BAD_KEY.test(message)],
  ["wrongChain", ({ name, code }) => code === "HHE708" || name === "ChainMismatchError"],
  ["badUrl", ({ name, code }) => code === "HHE28" || code === "HHE700" || name === "UrlRequiredError"],
  ["badUrl", says(/failed to create dispatcher|invalid url|failed to parse url|unsupported protocol/i)],
  ["tooLarge", isNodeError("tooLarge")],
  ["limited", isNodeError("limited")],
  ["limited", says(/too many requests|rate.?limit|request limit|limit exceeded|quota|compute units/i)],
  ["pruned", isNodeError("pruned")],
  ["unauthorized", ({ status }) => status === 401 || status === 402 || status === 403],
  ["unauthorized", says(/unauthori[sz]ed|must be authenticated|invalid (api|project) ?key|access denied|forbidden/i)],
  [
    "nothingThere",
    ({ message, name, code }) =>
      /cannot decode zero data|returned no data \("0x"\)|could not decode result data/i.test(message) ||
      name === "AbiDecodingZeroDataError" ||
      code === "BAD_DATA",
  ],
  [
    "unsupported",
    (link) => isNodeError("unsupported")(link) || /method .*(not found|not supported)/i.test(link.message),
  ],
  ["notNode", ({ status }) => status !== undefined && status >= 400 && status < 500],
  ["notNode", says(/HHE702|invalid json-rpc|is not valid json|unexpected token|not json-rpc|unexpected end of json/i)],
  ["noTls", ({ code }) => typeof code === "string" && NO_TLS_CODE.test(code)],
  [
    "noTls",
    says(/\bssl routines\b|self-signed certificate|certificate has expired|unable to verify the first certificate/i),
  ],
  ["notNode", ({ name, message }) => name === "BlockNotFoundError" || /cannot convert null to a bigint/i.test(message)],
  ["unreachable", ({ code }) => typeof code === "string" && NO_CONNECTION.has(code)],
  ["unreachable", ({ status }) => status !== undefined && status >= 500],
  ["unreachable", isNodeError("away")],
  [
    "unreachable",
    ({ name, message }) =>
      /^(TimeoutError|RequestTimeoutError|ConnectionRefusedError|SocketClosedError|WebSocketRequestError)$/.test(
        name,
      ) ||
      /fetch failed|failed to fetch|networkerror when|load failed|socket hang up|other side closed|timed out|no answer in time|connection (was )?(refused|closed|lost)|connection error/i.test(
        message,
      ),
  ],
  ["rejected", ({ code }) => typeof code === "number" && code <= -32_000 && code > -33_000],
];

/** Classifies the error of a request, as viem, ethers, Hardhat, Node, browsers, nodes and wallets give it. */
export function classifyFailure(error: unknown): Failure {
  const links = linksOf(error);
  for (const [kind, holds] of RULES) {
    const link = links.find((each) => holds(each));
    if (link) return { kind, reason: reasonIn(kind, link, links) };
  }
  return { kind: "unknown", reason: oneLine(links.at(-1)?.message ?? String(error)) };
}

function reasonIn(kind: FailureKind, link: Link, links: readonly Link[]): string {
  const status = links.find((each) => each.status !== undefined)?.status;
  if (status !== undefined && kind !== "outOfFunds" && kind !== "refused") return `HTTP ${status}`;
  if (kind === "unreachable") return oneLine(links.findLast(({ message }) => message !== "")?.message ?? link.message);
  // Libraries wrap the node's own words in general ones.
  const inner = links.findLast(
    (each) => each.message !== "" && RULES.some(([of, holds]) => of === kind && holds(each)),
  );
  return oneLine((inner ?? link).message);
}

/** Kinds of failures that say nothing about the contract that was asked: the node did not carry out the request. */
const NO_ANSWER: ReadonlySet<FailureKind> = new Set([
  "unreachable",
  "limited",
  "tooLarge",
  "pruned",
  "unauthorized",
  "notNode",
  "noTls",
  "unset",
  "badUrl",
  "badKey",
  "wrongChain",
  "unsupported",
  "rejected",
]);

/** Returns true if a read failed because the node did not carry it out, so that it says nothing about the contract. */
export const isUnanswered = (error: unknown): boolean => NO_ANSWER.has(classifyFailure(error).kind);

/**
 * Errors that viem makes of any internal error of a node, even one without a revert. Only what is inside them is evidence.
 */
const WRAPPERS = new Set<unknown>(["ContractFunctionRevertedError", "ContractFunctionExecutionError"]);

/** Lists an error and all errors inside it, the innermost last. Libraries wrap errors in different fields. */
function linksOf(error: unknown): Link[] {
  const links: Link[] = [];
  const seen = new Set<unknown>();
  const visit = (each: unknown): void => {
    if (typeof each === "string" && links.length === 0)
      links.push({ name: "", message: each, code: undefined, status: undefined });
    if (typeof each !== "object" || each === null || seen.has(each)) return;
    seen.add(each);
    const {
      name,
      message,
      code,
      errorCode,
      status,
      statusCode,
      cause,
      originalError,
      data,
      error: inner,
      errors,
    } = each as Record<string, unknown>;
    const http = [status, statusCode].find((value) => typeof value === "number" && value >= 400 && value < 600);
    const isWrapper = WRAPPERS.has(name) && cause !== undefined;
    if (!isWrapper && (typeof message === "string" || code !== undefined)) {
      links.push({
        name: typeof name === "string" ? name : "",
        message: typeof message === "string" ? message : "",
        code: errorCode ?? code,
        status: http as number | undefined,
      });
    }
    for (const next of [originalError, data, inner, ...(Array.isArray(errors) ? errors : []), cause]) visit(next);
  };
  visit(error);
  return links;
}

/** Returns the first line of a library's message, without its codes and the places in its source. */
const oneLine = (text: string): string => {
  const [line = ""] = text.split("\n");
  const [, fault] = /:SSL routines:[^:]*:([^:]+)/.exec(line) ?? [];
  return (fault ?? line.replace(/^HHE\d+: /, "")).trim().replace(/\.$/, "");
};

/**
 * Describes a failure for people: what happened, why, and what to do.
 *
 * @param subject The node that was asked, at the start of a sentence. Default: "The node".
 * @returns The sentences; undefined for a kind that needs more knowledge: `refused` and `unknown`.
 */
export function describeFailure({ kind, reason }: Failure, subject = "The node"): string | undefined {
  switch (kind) {
    case "unreachable":
      return `${subject} cannot be reached (${reason}). Start it, or check its URL and your connection. Then try again.`;
    case "limited":
      return `${subject} accepts no more requests for now: too many were sent, or its plan is used up (${reason}). Wait a minute and try again, or use another node.`;
    case "tooLarge":
      return `${subject} does not answer a request as large as this (${reason}). Use another node, or ask for less.`;
    case "pruned":
      return `${subject} keeps nothing so old (${reason}). Use an archive node, or another one that keeps the chain's whole history.`;
    case "unauthorized":
      return `${subject} does not allow this request (${reason}). Check the key in its URL, or use another node.`;
    case "notNode":
      return `${subject} does not answer as an Ethereum node does (${reason}). Check its URL.`;
    case "noTls":
      return `${subject} gives no secure connection (${reason}). Check its URL: a server without TLS has one that begins with http://. If the URL is right, the server's certificate must be renewed.`;
    case "unset": {
      const name = /"(\w+)"/.exec(reason)?.[1] ?? "A setting";
      return `${name} is not set. Set it as an environment variable, or store it: npx hardhat keystore set ${name}.`;
    }
    case "badUrl":
      return `The URL of the node is not valid (${reason}). It must begin with http:// or https://.`;
    case "badKey":
      return "The private key is not valid. It must be 0x and 64 hexadecimal digits, without spaces or quotation marks; a recovery phrase is not a key.";
    case "wrongChain":
      return `${subject} serves another chain than expected (${reason}). Use a node of that chain, or correct the chain.`;
    case "unsupported":
      return `${subject} does not support this request (${reason}). Use another node.`;
    case "nothingThere":
      return "The address has no contract on this chain that can answer, or another contract than expected. Check the network and the deployment file.";
    case "outOfFunds":
      return "The account does not have enough native money for this and its gas. Send it some first.";
    case "nonceUsed":
      return "Another transaction of this account used the same nonce at the same time. Wait until it is mined, then try again.";
    case "rejected":
      return `${subject} rejected the request: ${reason}. Check the values that you gave, or use another node.`;
    case "refused":
    case "unknown":
      return undefined;
  }
}
