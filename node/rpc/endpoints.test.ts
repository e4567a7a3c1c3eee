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

  it("gives up batches if a node refuses them", async () => {
    const chain = chainOf(10);
    let batches = 0;
    const rpc = await serve(chain);
    const fetchAll = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      if (!String(init?.body).startsWith("[")) return fetchAll(input, init);
      batches++;
      return Response.json({ jsonrpc: "2.0", id: null, error: { code: -32_600, message: "no batches" } });
    };
    try {
      const [endpoint] = use([rpc.url]).all;
      const calls = ["0x1", "0x2"].map((tag) => ({ method: "eth_getBlockByNumber", params: [tag, false] }));
      const { signal } = new AbortController();
      for (let i = 0; i < 5; i++) {
        const answers = await endpoint?.requestAll(calls, signal);
        expect(answers).to.deep.equal(calls.map(({ method, params }) => chain.answer(method, params)));
      }
      expect(batches).to.be.at.most(5);
    } finally {
      globalThis.fetch = fetchAll;
    }
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
