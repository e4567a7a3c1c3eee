import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { createPublicClient, custom, erc20Abi, http } from "viem";
import { classifyFailure, describeFailure, type FailureKind } from "./failure.ts";

const failure = (message: string, fields: object = {}) => Object.assign(new Error(message), fields);
const within = (cause: unknown) => new Error("outer", { cause });

const CASES: readonly [FailureKind, unknown][] = [
  ["unreachable", within(failure("connect ECONNREFUSED 127.0.0.1:1", { code: "ECONNREFUSED" }))],
  ["unreachable", new TypeError("fetch failed", { cause: failure("x", { code: "UND_ERR_CONNECT_TIMEOUT" }) })],
  ["unreachable", new TypeError("Failed to fetch")],
  ["unreachable", failure("HHE703: Cannot connect to the network", { errorCode: "HHE703" })],
  ["unreachable", failure("x", { statusCode: 502 })],
  ["limited", failure("Received an unexpected status code", { statusCode: 429 })],
  ["limited", failure("over rate limit", { code: -32_016 })],
  ["limited", failure("Monthly capacity limit exceeded", { status: 403 })],
  ["tooLarge", failure("query returned more than 10000 results, limit exceeded", { code: -32_005 })],
  ["tooLarge", failure("Block range limit exceeded", { code: -32_000 })],
  ["pruned", failure("pruned history unavailable", { code: 4_444 })],
  ["unreachable", failure("no backend is currently healthy to serve traffic", { code: -32_011 })],
  ["unsupported", failure("rpc method is not whitelisted", { code: -32_001 })],
  ["unauthorized", failure("x", { status: 401 })],
  ["unauthorized", failure("Must be authenticated!", { code: -32_600 })],
  ["notNode", failure("HHE702: Invalid JSON-RPC response received: <html>", { errorCode: "HHE702" })],
  ["notNode", failure("x", { status: 404 })],
  ["noTls", failure("40:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:ssl/x.c:77:")],
  ["noTls", within(failure("x", { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }))],
  ["noTls", failure("certificate has expired", { code: "CERT_HAS_EXPIRED" })],
  ["notNode", failure("Block could not be found.", { name: "BlockNotFoundError" })],
  ["unset", failure('HHE7: Configuration Variable "RPC_URL" not found.', { errorCode: "HHE7" })],
  ["badUrl", failure("Failed to create dispatcher: Invalid URL")],
  ["badKey", failure("HHE30: Invalid hex string value", { errorCode: "HHE30" })],
  ["badKey", failure("Field.fromBytes: expected 32 bytes, got 2")],
  ["badKey", failure("invalid scalar: out of range")],
  ["badKey", failure("invalid field element: outside of range 0..ORDER")],
  ["wrongChain", failure("HHE708: Hardhat was set to use chain id 1", { errorCode: "HHE708" })],
  ["unsupported", failure("the method eth_x does not exist", { code: -32_601 })],
  ["nothingThere", failure("could not decode result data", { code: "BAD_DATA" })],
  ["refused", failure("execution reverted: too many requests", { code: 3 })],
  ["refused", failure("out of gas", { code: -32_000 })],
  ["refused", failure("VM execution error.", { code: -32_015, data: "Bad instruction fe" })],
  ["outOfFunds", failure("insufficient funds for gas * price + value", { code: -32_000 })],
  ["outOfFunds", { message: "x", code: "INSUFFICIENT_FUNDS" }],
  ["nonceUsed", failure("nonce too low: next nonce 5", { code: -32_000 })],
  ["rejected", failure("header not found", { code: -32_000 })],
  ["unknown", new TypeError("x is not a function")],
  ["unknown", undefined],
];

describe("the kind of a failure", () => {
  for (const [kind, error] of CASES) {
    const title = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : kind;
    it(`is ${kind} for: ${title}`, () => expect(classifyFailure(error).kind).to.equal(kind));
  }

  it("has one sentence or more for each kind but a refusal and a fault, and names the reason", () => {
    for (const [kind, error] of CASES) {
      const text = describeFailure(classifyFailure(error), "The wallet's node");
      if (kind === "refused" || kind === "unknown") expect(text).to.equal(undefined);
      else expect(text, kind).to.match(/^[A-Z].{30,}\.$/s);
    }
    expect(describeFailure(classifyFailure(failure("x", { status: 403 })))).to.contain("HTTP 403");
    const tls = failure("40:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:ssl/x.c:77:");
    expect(classifyFailure(tls).reason).to.equal("wrong version number");
    const wrapped = failure("An unknown RPC error occurred.", {
      code: -32_016,
      cause: failure("over rate limit", { code: -32_016 }),
    });
    expect(classifyFailure(wrapped)).to.deep.equal({ kind: "limited", reason: "over rate limit" });
  });

  it("does not take an internal error of a wallet for a refusal, although viem does", async () => {
    const kindOf = async (error: object) => {
      const request = async (): Promise<never> => {
        throw error;
      };
      const client = createPublicClient({ transport: custom({ request }, { retryCount: 0 }) });
      try {
        return await client.readContract({ address: `0x${"12".repeat(20)}`, abi: erc20Abi, functionName: "symbol" });
      } catch (cause) {
        return classifyFailure(cause).kind;
      }
    };
    const internal = "Internal JSON-RPC error.";
    expect(await kindOf(failure(internal, { code: -32_603 }))).to.equal("rejected");
    expect(await kindOf(failure("Failed to fetch", { code: -32_603 }))).to.equal("unreachable");
    expect(await kindOf(failure("execution reverted", { code: 3 }))).to.equal("refused");
    const wrapped = failure(internal, { code: -32_603, data: { message: "execution reverted" } });
    expect(await kindOf(wrapped)).to.equal("refused");
  });

  it("is found for each bad answer to viem over HTTP", async () => {
    let [status, body] = [200, ""];
    const server = createServer((_request, response) => response.writeHead(status).end(body)).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const ask = (answeredWith: number, text: string) => {
      [status, body] = [answeredWith, text];
      return createPublicClient({ transport: http(`http://127.0.0.1:${port}`, { retryCount: 0 }) })
        .getChainId()
        .catch((error: unknown) => classifyFailure(error).kind);
    };
    try {
      expect(await ask(200, "<html>")).to.equal("notNode");
      expect(await ask(401, "no")).to.equal("unauthorized");
      expect(await ask(403, '{"error":"no"}')).to.equal("unauthorized");
      expect(await ask(404, "<html>")).to.equal("notNode");
      expect(await ask(429, "")).to.equal("limited");
      expect(await ask(503, "<html>")).to.equal("unreachable");
    } finally {
      server.close();
    }
    expect(await ask(200, "")).to.equal("unreachable");
  });
});
