import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { Endpoint, type EndpointParameters } from "./endpoint.ts";
import { classifyError, EndpointError, type EndpointErrorKind } from "./endpointError.ts";

interface Sent {
  id: number;
  method: string;
  params: unknown[];
}
type Reply = (sent: Sent[], response: ServerResponse, isBatch: boolean) => unknown;

const signal = new AbortController().signal;
const result = ({ id, params }: Sent) => ({ jsonrpc: "2.0", id, result: params[0] });
const error = ({ id }: Pick<Sent, "id">, message: string, code = -32_000) => ({
  jsonrpc: "2.0",
  id,
  error: { code, message },
});
const page = (status: number) => (response: ServerResponse) =>
  void response.writeHead(status, { "Content-Type": "text/html" }).end("<html>nginx</html>");
const callsOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ method: "eth_getBlockByNumber", params: [`0x${i.toString(16)}`, false] }));
const wanted = (count: number) => callsOf(count).map(({ params }) => params[0]);

describe("Endpoint", () => {
  const open: { close: () => unknown }[] = [];
  afterEach(() => {
    for (const each of open.splice(0)) each.close();
  });

  /** Starts a node. The reply is what `reply` returns, unless it ends the response itself. */
  const start = async (reply: Reply, parameters: Partial<EndpointParameters> = {}) => {
    /** The size of each request, in calls. */
    const sizes: number[] = [];
    const server = createServer(async (request, response) => {
      let text = "";
      for await (const chunk of request) text += String(chunk);
      const body = JSON.parse(text) as Sent | Sent[];
      const sent = [body].flat();
      sizes.push(sent.length);
      const answer = reply(sent, response, Array.isArray(body));
      if (answer === undefined) return;
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    open.push({ close: () => (server.closeAllConnections(), server.close()) });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { endpoint: new Endpoint({ url, shortestRestMs: 2, ...parameters }), sizes, url };
  };
  const alone = ([sent]: Sent[]) => result(sent as Sent);

  describe("asks for what a batch leaves open", () => {
    const refusals: Record<string, Reply> = {
      "HTTP 413 with a page": (_, response) => page(413)(response),
      "HTTP 400 with a page": (_, response) => page(400)(response),
      "HTTP 405 with a page": (_, response) => page(405)(response),
      "HTTP 415 with a page": (_, response) => page(415)(response),
      "HTTP 500 with a page": (_, response) => page(500)(response),
      "HTTP 501 with a page": (_, response) => page(501)(response),
      "HTTP 403 with a page": (_, response) => page(403)(response),
      "HTTP 500 with words": (_, response) => void response.writeHead(500).end("batches are not allowed on free tier"),
      "a dropped connection": (_, response) => void response.socket?.destroy(),
      "a reset in the body": (sent, response) => {
        response.writeHead(200, { "Content-Length": "10000" });
        response.write(JSON.stringify(sent.map(result)).slice(0, 20), () => response.socket?.destroy());
      },
      "a cut body": (sent) => JSON.stringify(sent.map(result)).slice(0, -30),
      "an empty body": () => "",
      "one error object": () => error({ id: 0 }, "batch too large", -32_600),
      "one error object without an id": () => ({ error: { code: -32_600, message: "Invalid request" } }),
      "a text": () => JSON.stringify("unsupported"),
      null: () => "null",
      "an empty list": () => [],
      "nothing of the method": () => error({ id: 0 }, "method not found", -32_601),
      "an answer to the first call only": ([first]) => [result(first as Sent)],
      "no answer to the first call": (sent) => sent.slice(1).map(result),
      "an answer as to a single call": ([first]) => result(first as Sent),
      "answers without ids": (sent) => sent.map((each) => ({ ...result(each), id: undefined })),
      "answers with the id null": (sent) => sent.map((each) => ({ ...result(each), id: null })),
      "answers with one id": (sent) => sent.map((each) => ({ ...result(each), id: sent[0]?.id })),
      "answers to other calls": (sent) => sent.map((each) => ({ ...result(each), id: each.id + 100_000 })),
      "an error for each": (sent) => sent.map((each) => error(each, "batches are not supported")),
      "a null for each": (sent) => sent.map(() => null),
      "errors of size for the last ones": (sent) =>
        sent.map((each, i) => (i < 3 ? result(each) : error(each, "response too large", -32_003))),
      "rate limits for the last ones": (sent) =>
        sent.map((each, i) => (i < 3 ? result(each) : error(each, "over rate limit", -32_016))),
      "HTTP 429": (_, response) => void response.writeHead(429).end("too many"),
    };
    for (const [title, reply] of Object.entries(refusals)) {
      it(`after ${title}`, async () => {
        const { endpoint, sizes } = await start((sent, response, isBatch) =>
          isBatch ? reply(sent, response, isBatch) : alone(sent),
        );
        for (let i = 0; i < 4; i++) {
          for (let tries = 0; ; tries++) {
            try {
              expect(await endpoint.requestAll(callsOf(40), signal)).to.deep.equal(wanted(40));
              break;
            } catch (failure) {
              if (!(failure instanceof EndpointError) || tries > 4) throw failure;
            }
          }
        }
        // The size is learned: the last time, hardly any batch fails.
        expect(sizes.slice(-40).filter((size) => size > 3)).to.have.length.at.most(4);
        expect(endpoint.lastFailure?.kind ?? "limited").to.equal("limited");
      });
    }
  });

  it("sorts the answers to a batch by their ids, which may be texts", async () => {
    const { endpoint, sizes } = await start((sent) =>
      sent.map((each) => ({ ...result(each), id: String(each.id) })).toReversed(),
    );
    expect(await endpoint.requestAll(callsOf(12), signal)).to.deep.equal(wanted(12));
    expect(sizes).to.deep.equal([12]);
  });

  for (const limit of [10, 3, 1]) {
    it(`learns that a batch may have ${limit} calls`, async () => {
      let failed = 0;
      const { endpoint, sizes } = await start((sent, response, isBatch) => {
        if (!isBatch) return alone(sent);
        if (sent.length <= limit) return sent.map(result);
        failed++;
        return page(413)(response);
      });
      for (let i = 0; i < 15; i++) {
        expect(await endpoint.requestAll(callsOf(30), signal)).to.deep.equal(wanted(30));
      }
      expect(failed).to.be.below(10);
      expect(Math.max(...sizes.slice(-15))).to.be.within(Math.ceil(limit * 0.8), limit);
    });
  }

  it("uses batches again after an outage that only they met", async () => {
    let isOut = true;
    const { endpoint, sizes } = await start((sent, response, isBatch) => {
      if (!isBatch) return alone(sent);
      return isOut ? page(502)(response) : sent.map(result);
    });
    for (let i = 0; i < 3; i++) await endpoint.requestAll(callsOf(20), signal);
    isOut = false;
    for (let i = 0; i < 100 && Math.max(...sizes.slice(-3)) < 20; i++) await endpoint.requestAll(callsOf(20), signal);
    expect(Math.max(...sizes.slice(-3))).to.equal(20);
  });

  it("keeps the size of its batches when single calls fail, too", async () => {
    let isOut = true;
    const { endpoint, sizes } = await start((sent, response, isBatch) => {
      if (isOut) return page(502)(response);
      return isBatch ? sent.map(result) : alone(sent);
    });
    for (let i = 0; i < 5; i++) await endpoint.requestAll(callsOf(20), signal).catch(() => undefined);
    expect(sizes).to.have.length.at.most(10);
    isOut = false;
    await endpoint.requestAll(callsOf(20), signal);
    expect(sizes.at(-1)).to.equal(20);
  });

  it("shrinks batches that are not answered in time", async () => {
    const reply: Reply = (sent, _, isBatch) => {
      if (!isBatch) return alone(sent);
      return sent.length > 8 ? undefined : sent.map(result);
    };
    const { endpoint, sizes } = await start(reply, { timeoutMs: 30 });
    let failures = 0;
    for (;;) {
      const answers = await endpoint.requestAll(callsOf(20), signal).catch(() => undefined);
      if (answers) break;
      failures++;
    }
    expect(failures).to.be.at.most(2);
    expect(sizes.at(-1)).to.be.at.most(8);
  });

  it("lets a low rate through, part by part", async () => {
    let left = 12;
    const timer = setInterval(() => (left = 12), 15);
    open.push({ close: () => clearInterval(timer) });
    const { endpoint, sizes } = await start((sent, response, isBatch) => {
      if (sent.length > left) return void response.writeHead(429, { "Retry-After": "0.02" }).end();
      left -= sent.length;
      return isBatch ? sent.map(result) : alone(sent);
    });
    for (let tries = 0; tries < 8; tries++) {
      const answers = await endpoint.requestAll(callsOf(60), signal).catch(() => undefined);
      if (!answers) continue;
      expect(answers).to.deep.equal(wanted(60));
      expect(sizes.length).to.be.below(80);
      return;
    }
    throw new Error("The calls were never answered.");
  });

  const shapes: [EndpointErrorKind | "null", string, unknown, number?][] = [
    ["refused", "an error with the status 400", error({ id: 1 }, "invalid argument 0", -32_602), 400],
    ["refused", "an error with the status 500", error({ id: 1 }, "query returned more than 10000 results"), 500],
    ["refused", "a bare code and message", { code: -32_000, message: "block range is too large" }],
    [
      "refused",
      "a bare code and message with the status 200",
      { jsonrpc: "2.0", code: -32_005, message: "more than 10000 results" },
    ],
    ["refused", "a text as the error", { jsonrpc: "2.0", id: 1, error: "Block range is too wide" }],
    ["refused", "no message", { jsonrpc: "2.0", id: 1, error: { code: -32_603 } }],
    [
      "refused",
      "the text in the data",
      { id: 1, error: { code: -32_603, message: "Internal error", data: "block range too large" } },
    ],
    [
      "refused",
      "too many results, in the data",
      { id: 1, error: { code: -32_603, data: { message: "10,000 results" } } },
    ],
    ["refused", "the status 413", "<html>", 413],
    ["limited", "the status 200 with a text", "Too many requests, please try again in 1.2s"],
    ["limited", "the status 403 with an excess", "<html>You have exceeded your plan</html>", 403],
    ["limited", "the status 503 with an excess", { message: "Limit Exceeded" }, 503],
    [
      "limited",
      "a rate in the data",
      { id: 1, error: { code: -32_603, message: "Internal error", data: "over rate limit" } },
    ],
    ["limited", "a code as a text", { id: 1, error: { code: "429", message: "slow" } }],
    ["limited", "a gateway's message", { message: "Too Many Requests" }],
    ["limited", "-32016", error({ id: 1 }, "over rate limit", -32_016)],
    ["pruned", "4444", error({ id: 1 }, "pruned history unavailable", 4_444)],
    ["unsupported", "-32601", error({ id: 1 }, "the method does not exist/is not available", -32_601)],
    ["unsupported", "-32601 with the status 404", error({ id: 1 }, "Method not found", -32_601), 404],
    ["unreachable", "a gateway's message with the status 502", { message: "Internal server error" }, 502],
    ["unreachable", "a gateway's message with the status 200", { message: "Endpoint request failed" }],
    ["unreachable", "a page with the status 502", "<html>", 502],
    ["unreachable", "a page with the status 403", "<html>", 403],
    [
      "unreachable",
      "no healthy backend",
      error({ id: 1 }, "no backend is currently healthy to serve traffic", -32_011),
      503,
    ],
    ["wrong", "a page with the status 200", "<html>"],
    ["wrong", "half an answer", '{"jsonrpc":"2.0","id":1,"result":[{"addr'],
    [
      "wrong",
      "a list of two",
      [
        { id: 1, result: 1 },
        { id: 2, result: 2 },
      ],
    ],
    ["null", "a null error with a null result", { jsonrpc: "2.0", id: 1, error: null, result: null }],
    ["null", "a result that is left out", { jsonrpc: "2.0", id: 1 }],
  ];
  for (const [kind, title, body, status = 200] of shapes) {
    it(`takes ${title} for ${kind}`, async () => {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const { endpoint } = await start((_, response) => void response.writeHead(status).end(text));
      const method = kind === "null" ? "eth_getTransactionReceipt" : "eth_getLogs";
      const failure = await endpoint.request(method, [{}], signal).catch((each: unknown) => each);
      if (kind === "null") return expect(failure).to.equal(null);
      expect(failure).to.be.instanceOf(EndpointError);
      const { kind: found, message } = failure as EndpointError;
      expect(found, message).to.equal(kind);
      return expect(message).to.match(/^[^<]+$/);
    });
  }

  it("reads results with a null error, in a list of one, and a skipped height", async () => {
    const replies: unknown[] = [
      { jsonrpc: "2.0", id: 1, error: null, result: "0x1" },
      { id: 1, error: {}, result: "0x1" },
      { id: 1, error: "", result: "0x1" },
      [{ id: "1", result: "0x1" }],
      { id: 1, error: { code: 12, message: "requested epoch was a null round (7)" } },
    ];
    const { endpoint } = await start(() => replies.shift());
    for (let i = 0; i < 4; i++) expect(await endpoint.request("eth_chainId", [], signal)).to.equal("0x1");
    expect(await endpoint.request("eth_getBlockByNumber", ["0x7", false], signal)).to.equal(null);
  });

  it("reads the time to wait from the error, and shows no URL", async () => {
    const data = { rate: { backoff_seconds: 30 }, see: "https://one.example/key" };
    const replies: unknown[] = [
      { id: 1, error: { code: -32_005, message: "project ID request rate exceeded", data } },
      { id: 1, error: { code: -32_000, message: "rate limit, try again in 850ms: https://one.example/a/secret" } },
    ];
    const { endpoint } = await start(() => replies.shift());
    const failures = [];
    for (let i = 0; i < 2; i++)
      failures.push(await endpoint.request("eth_getLogs", [{}], signal).catch((e: unknown) => e));
    const [first, second] = failures as EndpointError[];
    expect(first?.retryAfterMs).to.equal(30_000);
    expect(second?.retryAfterMs).to.equal(850);
    expect(second?.message).to.not.contain("secret");
  });

  it("takes a block that is not there for pruned if it is old", async () => {
    const { endpoint } = await start(([sent]) => error(sent as Sent, "header not found"));
    endpoint.head = { number: 1_000n, hash: "0x", parentHash: "0x", timestamp: 1, logsBloom: undefined };
    const kindOf = (toBlock: string) =>
      endpoint
        .request("eth_getLogs", [{ fromBlock: "0x1", toBlock }], signal)
        .catch((failure: unknown) => (failure as EndpointError).kind);
    expect(await kindOf("0x10")).to.equal("pruned");
    expect(await kindOf("0x3e8")).to.equal("refused");
  });

  it("gives a name and a password of the URL to the server", async () => {
    let given: string | undefined;
    const { url } = await start((sent, response) => {
      given = response.req.headers.authorization;
      return alone(sent);
    });
    const endpoint = new Endpoint({ url: url.replace("//", "//ann:se%40cret@") });
    await endpoint.request("eth_chainId", ["0x1"], signal);
    expect(given).to.equal(`Basic ${Buffer.from("ann:se@cret").toString("base64")}`);
  });

  it("takes a refused subscription for what it is, so that its heads are polled", () => {
    expect(classifyError({ code: -32_601, message: "Method not found" }).kind).to.equal("unsupported");
    expect(classifyError({ message: "notifications not supported", code: -32_000 }).kind).to.equal("refused");
    expect(classifyError(new Error("closed")).kind).to.equal("unreachable");
  });
});
