import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { type FaultyRpc, startFaultyRpc } from "../../test/support/rpc/faultyRpc.ts";
import { ScriptedChain } from "../../test/support/rpc/scriptedChain.ts";
import { Endpoints, type EndpointsParameters } from "./endpoints.ts";
import { startLocalChain } from "../../scripts/demo/startLocalChain.ts";

describe("Endpoints", function () {
  this.timeout(30_000);
  const open: { close: () => Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0).toReversed()) await each.close();
  });

  const serve = async (upstream: ScriptedChain | string): Promise<FaultyRpc> => {
    const rpc = await startFaultyRpc({ upstream: typeof upstream === "string" ? upstream : upstream.answer });
    open.push(rpc);
    return rpc;
  };
  const use = (urls: string[], parameters: Partial<EndpointsParameters> = {}) => {
    const endpoints = new Endpoints({ urls, chainId: 1, pollingIntervalMs: 5, shortestRestMs: 5, ...parameters });
    open.push(endpoints);
    return endpoints;
  };
  const chainOf = (blocks: number, chainId = 1, name = "main") => {
    const chain = new ScriptedChain(chainId, name);
    chain.mine(blocks);
    return chain;
  };
  const until = async (isSo: () => boolean) => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  const states = (endpoints: Endpoints) => endpoints.status.map(({ state }) => state);

  it("fails over while an endpoint is down, and uses it again when it is back", async () => {
    const chain = chainOf(10);
    const first = await serve(chain);
    const endpoints = use([first.url, (await serve(chain)).url]);
    await until(() => String(states(endpoints)) === "used,used");
    first.setFaults({ drop: 1 });
    await until(() => states(endpoints)[0] === "resting");
    for (let i = 0; i < 5; i++) expect(await endpoints.request({ method: "eth_chainId" })).to.equal("0x1");
    first.setFaults({});
    await until(() => String(states(endpoints)) === "used,used");
  });

  it("lets an endpoint rest for the time that it asks for", async () => {
    const chain = chainOf(10);
    const rpc = await serve(chain);
    const rests: number[] = [];
    const endpoints = use([rpc.url], { onRetry: (_, restMs) => rests.push(restMs) });
    await endpoints.ready();
    rpc.setFaults({ tooMany: 1, retryAfterSeconds: 60 });
    await until(() => rests.length > 0);
    expect(rests[0]).to.equal(60_000);
    const { requests } = rpc.stats;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(rpc.stats.requests).to.equal(requests);
    expect(states(endpoints)).to.deep.equal(["resting"]);
  });

  it("keeps the rate limit", async () => {
    const rpc = await serve(chainOf(10));
    const times: number[] = [];
    rpc.setOnCall(() => times.push(performance.now()));
    const endpoints = use([rpc.url], { requestsPerSecond: 50 });
    await until(() => times.length >= 20);
    // On a slow machine the number can only be lower.
    expect((times.at(-1) ?? 0) - (times[1] ?? 0)).to.be.above(17 * 20 - 25);
    expect(endpoints.status[0]?.requests).to.be.at.least(20);
  });

  it("does not use an endpoint that is behind the others until it has caught up", async () => {
    const chain = chainOf(20);
    const slow = chainOf(10);
    const endpoints = use([(await serve(slow)).url, (await serve(chain)).url]);
    await until(() => String(states(endpoints)) === "behind,used");
    expect(endpoints.leader).to.equal(endpoints.all[1]);
    slow.mine(10);
    await until(() => String(states(endpoints)) === "used,used");
  });

  it("does not use an endpoint of another chain or another genesis", async () => {
    const chain = chainOf(10);
    const urls = [chain, chainOf(50, 2), chainOf(50, 1, "other")].map(async (each) => (await serve(each)).url);
    const endpoints = use(await Promise.all(urls), { genesis: chain.blocks[0]?.hash });
    await until(() => endpoints.status.every(({ state, lastError }) => state === "used" || lastError !== undefined));
    expect(endpoints.head?.number).to.equal(10n);
    expect(endpoints.status[1]?.lastError).to.contain("serves chain 2");
    expect(endpoints.status[2]?.lastError).to.contain("block 0");
  });

  it("does not hold an earlier wrong reply about block 0 against a lone endpoint", async () => {
    const rpc = await serve(chainOf(10));
    rpc.setFaults({ otherChain: 1 });
    const endpoints = use([rpc.url]);
    const [endpoint] = endpoints.all;
    await until(() => endpoint?.isIdentified === true);
    rpc.setFaults({ nullReply: 1 });
    await until(() => endpoint?.isIdentified === false);
    rpc.setFaults({});
    await until(() => String(states(endpoints)) === "used" && endpoints.head?.number === 10n);
  });

  it("gives the reason why none can be used", async () => {
    const endpoints = use([(await serve(chainOf(1, 5))).url]);
    const said = await endpoints.ready().catch((error: Error) => error);
    expect(said).to.have.property("name", "UserError");
    expect(String(said)).to.contain("serves chain 5, but the deployment is on chain 1");
    expect(() => use(["ftp://example.org"])).to.throw("is not a URL of a node");
  });

  /** Serves a chain whose answers to some calls are others. A thrown object is an error of JSON-RPC. */
  const serveWith = async (change: (method: string, first: unknown, answer: () => unknown) => unknown, blocks = 10) => {
    const chain = chainOf(blocks);
    const server = createServer(async (request, response) => {
      let text = "";
      for await (const chunk of request) text += String(chunk);
      const { id, method, params } = JSON.parse(text) as { id: number; method: string; params: unknown[] };
      let answer: object;
      try {
        answer = { result: change(method, params[0], () => chain.answer(method, params)) };
      } catch (error) {
        const { message, code } = error as { message: string; code?: number };
        answer = { error: { code: code ?? -32_000, message } };
      }
      response.end(JSON.stringify({ jsonrpc: "2.0", id, ...answer }));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    open.push({ close: async () => (server.closeAllConnections(), void server.close()) });
    return { chain, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  };
  const failing = (code: number, message: string): never => {
    throw Object.assign(new Error(message), { code });
  };
  const BLOCK = "eth_getBlockByNumber";

  it("uses a node whatever it says of a block 0 or a final block that it does not have", async () => {
    const refusals: [string, () => unknown][] = [
      ["nothing", () => null],
      ["no fields", () => ({})],
      ["pruned", () => failing(4_444, "pruned history unavailable")],
      ["unknown", () => failing(-39_001, "Unknown block")],
      ["invalid", () => failing(-32_602, "invalid argument 0: hex string without 0x prefix")],
      ["internal", () => failing(-32_603, "Internal error")],
      ["away", () => failing(-32_001, "service temporarily unavailable")],
      ["malformed", () => ({ number: "0x0", hash: "0x12" })],
    ];
    for (const [title, refusal] of refusals) {
      const { url } = await serveWith((method, first, answer) =>
        method === BLOCK && (first === "0x0" || first === "finalized") ? refusal() : answer(),
      );
      const endpoints = use([url], { shortestRestMs: 1 });
      await until(() => endpoints.head?.number === 10n && endpoints.all[0]?.lastError === undefined);
      expect(endpoints.all[0], title).to.include({ genesis: undefined, finalized: undefined, isIdentified: true });
    }
  });

  it("keeps a final block that it knows while the node does not tell it", async () => {
    let isTold = true;
    let refused = 0;
    const { chain, url } = await serveWith((method, first, answer) => {
      if (first !== "finalized") return answer();
      if (isTold) return chain.answer(method, ["0x5", false]);
      refused++;
      return failing(-32_603, "Internal error");
    });
    const endpoints = use([url]);
    await until(() => endpoints.final === 5n);
    isTold = false;
    chain.mine(100);
    await until(() => refused > 0);
    const { requests } = endpoints.all[0] ?? { requests: 0 };
    await until(() => (endpoints.all[0]?.requests ?? 0) > requests + 1);
    expect(endpoints.head?.number).to.equal(110n);
    expect(endpoints.final).to.equal(5n);
  });

  it("reads fields in every form that has one meaning only", async () => {
    const { url } = await serveWith((method, _, answer) => {
      if (method === "eth_chainId") return "1";
      const block = answer() as Record<string, string>;
      return {
        ...block,
        number: `0x00${block.number?.slice(2).toUpperCase()}`,
        hash: `0X${block.hash?.slice(2).toUpperCase()}`,
        timestamp: 1_700_000_000,
        logsBloom: "0x12",
      };
    });
    const endpoints = use([url]);
    await endpoints.ready();
    const { head } = endpoints;
    expect(head).to.deep.include({ number: 10n, timestamp: 1_700_000_000, logsBloom: undefined });
    expect(head?.hash).to.equal(chainOf(10).head.hash);
  });

  it("waits for a first contact that fails, and tells a person what waiting does not mend", async () => {
    let failures = 3;
    const slow = await serveWith((_, _first, answer) =>
      failures-- > 0 ? failing(-32_016, "over rate limit") : answer(),
    );
    await use([slow.url]).ready();
    const gone = createServer(() => undefined).listen(0, "127.0.0.1");
    await once(gone, "listening");
    const url = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
    await new Promise((resolve) => gone.close(resolve));
    const told = await use([url])
      .ready()
      .catch((error: Error) => error);
    expect(told).to.have.property("name", "NodesAway");
    expect(String(told)).to.contain("ECONNREFUSED");
    const page = createServer((_, response) => response.end("<html>")).listen(0, "127.0.0.1");
    await once(page, "listening");
    open.push({ close: async () => (page.closeAllConnections(), void page.close()) });
    const pageUrl = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
    expect(
      String(
        await use([pageUrl])
          .ready()
          .catch((error: Error) => error),
      ),
    ).to.contain("web page");
  });

  it("says while none can be used why, until one can", async () => {
    let isOther = true;
    const { url } = await serveWith((method, _, answer) => (method === "eth_chainId" && isOther ? "0x5" : answer()));
    const endpoints = use([url], { silenceMs: 40 });
    const codes = () => endpoints.notices.all.map(({ code }) => code).toSorted();
    await until(() => String(codes()) === "noEndpoint,wrongChain");
    const [wrong, none] = endpoints.notices.all;
    expect(wrong?.message).to.contain("serves chain 5, but the deployment is on chain 1. It is not used.");
    expect(none).to.include({ stops: true });
    expect(none?.message).to.contain("No endpoint can be used: 127.0.0.1:");
    expect(String(states(endpoints))).to.not.equal("used");
    isOther = false;
    await until(() => String(states(endpoints)) === "used" && codes().length === 0);
  });

  it("ends a wait without an error when it is closed", async () => {
    const endpoints = use([(await serveWith(() => failing(-32_603, "no"))).url]);
    const ended = endpoints.ready();
    await endpoints.close();
    await ended;
  });

  it("asks another endpoint for what one refuses, but not for a revert", async () => {
    let reverts = 0;
    const refusing = await serveWith((method, _, answer) => {
      if (method === "eth_call") return failing(-32_601, "the method eth_call does not exist/is not available");
      if (method === "eth_x") {
        reverts++;
        return failing(3, "execution reverted");
      }
      return answer();
    });
    const able = await serveWith((method, _, answer) => {
      if (method === "eth_call") return "0x12";
      if (method !== "eth_x") return answer();
      reverts++;
      return failing(3, "execution reverted");
    });
    const endpoints = use([refusing.url, able.url]);
    await until(() => String(states(endpoints)) === "used,used");
    for (let i = 0; i < 4; i++) expect(await endpoints.request({ method: "eth_call", params: [] })).to.equal("0x12");
    expect(endpoints.status.map(({ errors }) => errors)).to.deep.equal([0, 0]);
    const failure = await endpoints.request({ method: "eth_x" }).catch((error: Error) => error);
    expect(String(failure)).to.contain("execution reverted");
    expect(reverts).to.equal(1);
  });

  it("receives new blocks over a WebSocket, and polls when the subscription fails", async () => {
    const chain = await startLocalChain();
    open.push(chain);
    const rpc = await serve(chain.url);
    const mine = () => chain.ethers.provider.send("hardhat_mine", ["0x1"]);
    const endpoints = use([rpc.webSocketUrl], { chainId: 31_337, pollingIntervalMs: 20 });
    await endpoints.ready();
    const [endpoint] = endpoints.all;
    await until(() => endpoint?.subscription === "alive");
    const before = endpoints.head?.number ?? 0n;
    for (let i = 1n; i <= 3n; i++) {
      await mine();
      await until(() => endpoints.head?.number === before + i);
    }
    expect(endpoint?.announcedHeads).to.be.above(0);
    rpc.cutWebSockets();
    await mine();
    await until(() => endpoints.head?.number === before + 4n);
    await until(() => endpoint?.subscription === "alive");
  });
});
