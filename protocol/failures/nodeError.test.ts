import { expect } from "chai";
import { kindOfNodeError, type NodeError, type NodeErrorKind, readWait } from "./nodeError.ts";

const logs = "eth_getLogs";

/** Errors as providers and nodes really give them. */
const CASES: readonly [NodeErrorKind | undefined, NodeError][] = [
  ["limited", { code: -32_016, message: "over rate limit", method: logs }],
  ["limited", { code: -32_005, message: "project ID request rate exceeded", method: logs }],
  ["limited", { code: -32_005, message: "daily request count exceeded, request rate limited", method: logs }],
  ["limited", { code: -32_005, message: "Too Many Requests", method: logs }],
  ["limited", { code: -32_007, message: "50/second request limit reached - reduce calls per second", method: logs }],
  ["limited", { code: -32_012, message: "credits limited to 6000/sec", method: logs }],
  ["limited", { code: -32_090, message: "Too many requests, reason: call rate limit exhausted, retry in 10s" }],
  ["limited", { code: -32_097, message: "no", method: logs }],
  ["limited", { code: -32_029, message: "no", method: logs }],
  ["limited", { code: -32_002, message: "Too many concurrent requests", method: logs }],
  ["limited", { code: -32_603, message: "rate limit reached", method: logs }],
  ["limited", { code: "429", message: "no", method: logs }],
  ["limited", { code: 429, message: "Your app has exceeded its compute units per second capacity.", method: logs }],
  [
    "limited",
    { status: 403, message: "Monthly capacity limit exceeded. Visit the dashboard to upgrade.", method: logs },
  ],
  ["limited", { status: 503, message: "exceeded", method: logs }],
  ["limited", { message: "You've reached the free tier limits. Please try again in 1.2s", method: logs }],
  ["limited", { code: -32_000, message: "maximum number of concurrent requests", method: logs }],
  ["limited", { code: 15, message: "Too many requests, please slow down", method: logs }],
  ["limited", { code: -32_005, message: "limit exceeded", method: "eth_getBlockByNumber" }],
  ["tooLarge", { code: -32_005, message: "limit exceeded", method: logs }],
  ["tooLarge", { code: -32_005, message: "query returned more than 10000 results", method: logs }],
  ["tooLarge", { code: -32_005, message: "block range limit exceeded", method: logs }],
  ["tooLarge", { code: -32_000, message: "Block range limit exceeded. See the plans.", method: logs }],
  ["tooLarge", { code: -32_600, message: "block range is too wide", method: logs }],
  [
    "tooLarge",
    {
      code: -32_602,
      message: "Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range",
    },
  ],
  [
    "tooLarge",
    {
      code: -32_600,
      message:
        "Under the Free tier plan, you can make eth_getLogs requests with up to a 10 block range. Upgrade to PAYG",
    },
  ],
  ["tooLarge", { code: -32_614, message: "eth_getLogs is limited to a 10,000 range", method: logs }],
  ["tooLarge", { code: -32_701, message: "exceed maximum block range: 50000", method: logs }],
  ["tooLarge", { code: -32_000, message: "eth_getLogs is limited to 0 - 10000 blocks range", method: logs }],
  ["tooLarge", { code: -32_602, message: "range 1000000 exceeds limit of 10000", method: logs }],
  ["tooLarge", { code: -32_602, message: "query exceeds max results 20000, retry with the range 1-5", method: logs }],
  ["tooLarge", { code: -32_000, message: "requested too many blocks from 0 to 16777216, maximum is set to 2048" }],
  ["tooLarge", { code: 35, message: "ranges over 10000 blocks are not supported on freetier", method: logs }],
  [
    "tooLarge",
    { code: -32_047, message: "Invalid eth_getLogs request. 'fromBlock'-'toBlock' range too large. Max range: 800" },
  ],
  ["tooLarge", { code: -32_000, message: "Maximum allowed number of requested blocks is 1000", method: logs }],
  ["tooLarge", { code: -32_020, message: "backend response too large", method: logs }],
  ["tooLarge", { code: -32_000, message: "response size should not greater than 10000000 bytes", method: logs }],
  ["tooLarge", { code: -32_008, message: "Response is too big", method: logs }],
  ["tooLarge", { code: -32_000, message: "please limit the query to at most 1,000 blocks", method: logs }],
  ["tooLarge", { code: -32_000, message: "logs matched by query exceeds limit of 10000", method: logs }],
  ["tooLarge", { code: -32_005, message: "query timeout exceeded", method: logs }],
  ["tooLarge", { code: -32_000, message: "exceeds the range allowed for your plan (5000 > 1000)", method: logs }],
  ["tooLarge", { code: -32_000, message: "maximum [from, to] blocks distance: 10000", method: logs }],
  ["tooLarge", { code: -32_600, message: "batch too large" }],
  ["tooLarge", { code: -32_007, message: "batch limit exceeded" }],
  ["tooLarge", { code: -32_600, message: 'Too many ["eth_getLogs"] methods in the batch' }],
  ["tooLarge", { status: 500, message: "Batch of more than 3 requests are not allowed on free tier" }],
  ["tooLarge", { status: 413, message: "" }],
  ["pruned", { code: 4_444, message: "pruned history unavailable", method: logs }],
  ["pruned", { code: "4444", message: "no" }],
  [
    "pruned",
    { code: -32_000, message: "missing trie node b03d68 (path ) state 0xb03d is not available", method: "eth_call" },
  ],
  ["pruned", { code: -32_000, message: "history has been pruned for this block", method: logs }],
  ["pruned", { code: -32_000, message: "required historical state unavailable (reexec=128)" }],
  ["pruned", { code: -32_000, message: "height 1 is not available, lowest height is 5000", method: logs }],
  ["pruned", { code: -32_000, message: "Receipts not available for From block 14319330.", method: logs }],
  ["pruned", { code: -32_002, message: "No state available for block 0x1", method: logs }],
  ["pruned", { code: -32_000, message: "seek with txNum=1 but data before txNum=2 is not available", method: logs }],
  [
    "pruned",
    { code: -32_000, message: "This request is not supported because your node is running with state pruning." },
  ],
  ["pruned", { code: -32_701, message: "Archive requests require a personal token", method: logs }],
  ["pruned", { code: -32_000, message: "header not found", method: logs, isOld: true }],
  ["pruned", { code: -32_000, message: "block is out of range of the node", method: logs }],
  ["pruned", { code: -39_001, message: "Unknown block", isOld: true }],
  [
    "pruned",
    {
      code: -32_000,
      message: "One of the blocks specified in filter (fromBlock, toBlock or blockHash) cannot be found.",
      method: logs,
      isOld: true,
    },
  ],
  [undefined, { code: -32_000, message: "header not found", method: logs }],
  [undefined, { code: -39_001, message: "Unknown block" }],
  ["unsupported", { code: -32_601, message: "the method eth_getLogs does not exist/is not available", method: logs }],
  ["unsupported", { code: -32_004, message: "no" }],
  ["unsupported", { code: -32_001, message: "rpc method is not whitelisted" }],
  ["unsupported", { code: -32_000, message: "eth_subscribe is not available on the Free tier" }],
  ["unsupported", { code: -32_600, message: "Unsupported method: eth_getLogs. See available methods" }],
  ["unsupported", { code: -32_601, message: "the method has been deprecated", isOld: true }],
  ["away", { code: -32_011, message: "no backend is currently healthy to serve traffic", method: logs }],
  ["away", { code: -32_001, message: "Unable to complete request at this time." }],
  ["reverted", { code: 3, message: "execution reverted: too many requests" }],
  ["reverted", { code: -32_000, message: "execution reverted: block range" }],
  [undefined, { code: -32_000, message: "request timed out", method: logs }],
  [undefined, { code: -32_603, message: "Internal error", method: logs }],
  [undefined, { code: 12, message: "requested epoch was a null round (3847253)" }],
];

describe("the kind of a node's error", () => {
  for (const [kind, error] of CASES) {
    it(`is ${kind} for ${error.status ?? error.code}: ${error.message}`, () =>
      expect(kindOfNodeError(error)).to.equal(kind));
  }
});

describe("the time that a node asks to be left alone", () => {
  it("is read from the error's data and from its text", () => {
    expect(readWait("", { rate: { allowed_rps: 1, backoff_seconds: 30, current_rps: 1.2 } })).to.equal(30_000);
    expect(readWait("", { try_again_in: "1.25s" })).to.equal(1_250);
    expect(readWait("", { try_again_in: "1m0.5s" })).to.equal(60_500);
    expect(readWait("", { retryAfterMs: 40 })).to.equal(40);
    expect(readWait("", { retry_after: "7" })).to.equal(7_000);
    expect(readWait("call rate limit exhausted, retry in 10s")).to.equal(10_000);
    expect(readWait("Please try again in 850.5ms.")).to.equal(850.5);
    expect(readWait("try again in 2 minutes")).to.equal(120_000);
    expect(readWait("retry after 3 seconds")).to.equal(3_000);
    expect(readWait("limit exceeded", "0x")).to.equal(undefined);
    expect(readWait("Please retry later. Error 5", { retry_after: null })).to.equal(undefined);
  });
});
