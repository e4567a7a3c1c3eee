import { blocksAsked, type Call, changingLogs, errorReply, type Fields, isBlockMethod, isFields } from "./quirk.ts";
import { type QuirkKind, refusing, replying, type Reply, RpcError } from "./quirk.ts";

/** The number of blocks of a range above which these nodes refuse it. */
const MOST_BLOCKS = 12;
/** The calls that a node answers in a window of time. */
const MOST_CALLS = 60;
const WINDOW_MS = 100;

const callsOf = (asked: Call | Call[]) => (Array.isArray(asked) ? asked : [asked]);
const asksTooMuch = (asked: Call | Call[]) =>
  callsOf(asked).some(({ method, params = [] }) => blocksAsked(method, params) > MOST_BLOCKS);

/** Makes a quirk that refuses large ranges with a reply of some shape. */
const refusingRanges = (reply: (id: unknown) => Reply) =>
  replying((asked) => (asksTooMuch(asked) ? { reply: reply(callsOf(asked)[0]?.id) } : undefined));

/** Makes a quirk that refuses all requests above a rate. */
const limitingRate =
  (reply: (asked: Call | Call[]) => Reply): QuirkKind["start"] =>
  (met) => {
    let endsMs = 0;
    let left = 0;
    return {
      reply: async (asked, next) => {
        if (Date.now() > endsMs) {
          endsMs = Date.now() + WINDOW_MS;
          left = MOST_CALLS;
        }
        left -= callsOf(asked).length;
        // A large batch alone would never be answered.
        if (left >= 0 || left + callsOf(asked).length === MOST_CALLS) return next();
        met();
        return reply(asked);
      },
    };
  };

const rateError = (error: unknown) =>
  limitingRate((asked) => ({
    status: 200,
    body: Array.isArray(asked) ? asked.map(({ id }) => errorReply(id, error)) : errorReply(asked.id, error),
  }));

/** Makes a quirk in the form of fields: of headers and of logs. */
const changingFields =
  (change: (fields: Fields, what: "block" | "log") => Fields): QuirkKind["start"] =>
  (met) => ({
    answer: async (method, params, next) => {
      const answer = await next(method, params);
      if (method === "eth_getLogs" && Array.isArray(answer) && answer.length > 0) {
        met();
        return answer.map((log: Fields) => change(log, "log"));
      }
      if (!isBlockMethod(method) || !isFields(answer)) return answer;
      met();
      return change(answer, "block");
    },
  });

const QUANTITIES = ["number", "timestamp", "blockNumber", "logIndex", "transactionIndex", "blockTimestamp"];
const HEX = /^0x[0-9a-f]+$/;
const mapped = (fields: Fields, names: readonly string[], change: (value: string) => string): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      names.includes(name) && typeof value === "string" && HEX.test(value) ? change(value) : value,
    ]),
  );
const inCapitals = (value: string) => `0x${value.slice(2).toUpperCase()}`;

/** Quirks in the form of errors, of rate limits and of fields. */
export const errorQuirks = {
  bareError: {
    does: `Refuses ranges of more than ${MOST_BLOCKS} blocks with a bare \`{code, message}\`.`,
    seen: "No report; gateways that forward the inner object of an error.",
    start: refusingRanges(() => ({ status: 200, body: { code: -32_000, message: "block range too large" } })),
  },
  errorText: {
    does: `Refuses ranges of more than ${MOST_BLOCKS} blocks with a text in the place of an error.`,
    seen: "No report; gateways with their own error format.",
    start: refusingRanges((id) => ({ status: 200, body: errorReply(id, "block range too large") })),
  },
  errorHttp400: {
    does: `Refuses ranges of more than ${MOST_BLOCKS} blocks with HTTP 400 and a JSON-RPC error.`,
    seen: "ethkit PR 136 (a JSON-RPC error with another status than 200).",
    start: refusingRanges((id) => ({
      status: 400,
      body: errorReply(id, { code: -32_602, message: `range exceeds limit of ${MOST_BLOCKS}` }),
    })),
  },
  errorHttp500: {
    does: `Refuses ranges of more than ${MOST_BLOCKS} blocks with HTTP 500 and no JSON.`,
    seen: "hemilabs/ui-monorepo PR 887.",
    start: refusingRanges(() => ({ status: 500, body: "Internal Server Error" })),
  },
  rate32016: {
    does: "Refuses calls above a rate with error -32016.",
    seen: "base/node issue 368 (`over rate limit`).",
    start: rateError({ code: -32_016, message: "over rate limit" }),
  },
  rate32005: {
    does: "Refuses calls above a rate with error -32005.",
    seen: "Infura (`daily request count exceeded, request rate limited`: xclud/web3dart issue 24), Tenderly.",
    start: rateError({ code: -32_005, message: "rate limit exceeded" }),
  },
  rate32029: {
    does: "Refuses calls above a rate with HTTP 200 and error -32029.",
    seen: "TheRPC (reown-com/blockchain-api PR 1102).",
    start: rateError({ code: -32_029, message: "Request limit reached" }),
  },
  rate32603: {
    does: "Refuses calls above a rate with an internal error, whose text says so.",
    seen: "No report; gateways that wrap the error of their upstream.",
    start: rateError({ code: -32_603, message: "Too many requests, please slow down" }),
  },
  rateNested: {
    does: "Refuses calls above a rate with an error whose text holds another one.",
    seen: "base/node issue 368: OP nodes that forward the sequencer's refusal.",
    start: rateError({
      code: -32_000,
      message: '429 Too Many Requests: {"jsonrpc":"2.0","error":{"code":-32016,"message":"over rate limit"},"id":1}',
    }),
  },
  rateText: {
    does: "Refuses requests above a rate with HTTP 200 and plain text.",
    seen: "etherwallet issue 906 and mysteriumnetwork/payments PR 129 (pages in the place of JSON).",
    start: limitingRate(() => ({ status: 200, body: "Too many requests, try again later" })),
  },
  rateHttp403: {
    does: "Refuses requests above a rate with HTTP 403.",
    seen: "No report; firewalls in front of public endpoints.",
    start: limitingRate(() => ({ status: 403, body: "<html>error code: 1015</html>" })),
  },
  logsDisabled: {
    does: "Refuses each request for logs with `limit exceeded`.",
    seen: "bsc issue 1215 and bnb-chain/docs-site issue 621: BNB's public endpoints.",
    start: refusing((method) => (method === "eth_getLogs" ? new RpcError(-32_005, "limit exceeded") : undefined)),
  },
  noLogsMethod: {
    does: "Does not have the method eth_getLogs.",
    seen: "No report; endpoints with a list of allowed methods.",
    start: refusing((method) =>
      method === "eth_getLogs"
        ? new RpcError(-32_601, "the method eth_getLogs does not exist/is not available")
        : undefined,
    ),
  },
  noReceipts: {
    does: "Has no method for receipts.",
    seen: "No report; endpoints with a list of allowed methods.",
    start: refusing((method) =>
      method === "eth_getTransactionReceipt" || method === "eth_getBlockReceipts"
        ? new RpcError(-32_601, `the method ${method} does not exist/is not available`)
        : undefined,
    ),
  },
  malformedOptional: {
    does: "Has fields of the wrong type where the indexer does not need them.",
    seen: "Ethermint issue 806 (decimal difficulty).",
    start: changingFields((fields, what) =>
      what === "block"
        ? { ...fields, totalDifficulty: null, difficulty: 0, size: "0x", nonce: undefined, uncles: null }
        : { ...fields, blockTimestamp: "0x", transactionIndex: null, removed: undefined },
    ),
  },
  decimalTimes: {
    does: "Has the time of a log as a number.",
    seen: "VeChain Thor issue 1117 (numbers in the place of hexadecimal text).",
    start: changingLogs((logs) =>
      logs.length === 0 ? logs : logs.map((log) => ({ ...log, blockTimestamp: 1_700_000_000 })),
    ),
  },
  uppercaseHex: {
    does: "Writes hashes, topics, data and bloom filters in capital letters.",
    seen: "No report; formatters that use capitals.",
    start: changingFields((fields) => ({
      ...mapped(fields, ["hash", "parentHash", "blockHash", "transactionHash", "data", "logsBloom"], inCapitals),
      ...(Array.isArray(fields.topics) && { topics: fields.topics.map(inCapitals) }),
    })),
  },
  leadingZeros: {
    does: "Writes quantities with leading zeros.",
    seen: "hiero-json-rpc-relay issue 2465, embark issue 290, execution-apis issue 40.",
    start: changingFields((fields) => mapped(fields, QUANTITIES, (value) => `0x${value.slice(2).padStart(16, "0")}`)),
  },
} satisfies Record<string, QuirkKind>;
