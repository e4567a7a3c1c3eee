import { expect } from "chai";
import { encodeAbiParameters } from "viem";
import { Endpoints } from "#node/rpc/endpoints.ts";
import { startFaultyRpc } from "../../test/support/rpc/faultyRpc.ts";
import { ScriptedChain } from "../../test/support/rpc/scriptedChain.ts";
import { requireDeployment } from "./requireDeployment.ts";

describe("requireDeployment", () => {
  const open: { close: () => Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0).toReversed()) await each.close();
  });

  /** Starts endpoints that answer the read of the registry's ledger in turn with these answers; the last one stays. */
  const start = async (...answers: readonly unknown[][]) => {
    const chain = new ScriptedChain();
    chain.mine(10);
    const calls: number[] = answers.map(() => 0);
    const urls = answers.map(async (each, i) => {
      const upstream = (method: string, params: unknown[]) => {
        if (method !== "eth_call") return chain.answer(method, params);
        const answer = each[Math.min(calls[i] ?? 0, each.length - 1)];
        calls[i] = (calls[i] ?? 0) + 1;
        if (answer instanceof Error) throw answer;
        return answer;
      };
      const rpc = await startFaultyRpc({ upstream });
      open.push(rpc);
      return rpc.url;
    });
    const endpoints = new Endpoints({
      urls: await Promise.all(urls),
      chainId: 1,
      pollingIntervalMs: 2,
      shortestRestMs: 2,
    });
    open.push(endpoints);
    await endpoints.ready();
    const { source } = chain;
    const check = ({ startBlock = 1n, signal = new AbortController().signal } = {}) =>
      requireDeployment(endpoints, { ...source, startBlock }, signal).then(
        () => "found",
        (error: Error) => String(error),
      );
    return { check, calls, endpoints, right: encodeAbiParameters([{ type: "address" }], [source.ledger]) };
  };
  const { source } = new ScriptedChain();
  const right = encodeAbiParameters([{ type: "address" }], [source.ledger]);
  const other = encodeAbiParameters([{ type: "address" }], [source.registry]);

  it("does not take a failed read, or an empty answer of a node that is behind, for another ledger", async () => {
    const failures: unknown[] = [
      new Error("over rate limit"),
      new Error("header not found"),
      new Error("missing trie node 12 (path )"),
      null,
      "",
      {},
      "0x",
    ];
    for (const failure of failures) {
      const { check } = await start([failure, failure, right]);
      expect(await check(), String(failure)).to.equal("found");
    }
  });

  it("asks other endpoints", async () => {
    const { check } = await start(["0x"], [right]);
    expect(await check()).to.equal("found");
    const unable = await start([new Error("the method eth_call does not exist")], [right]);
    expect(await unable.check()).to.equal("found");
  });

  it("believes several answers that the contracts are not there", async () => {
    for (const answer of ["0x", other, new Error("execution reverted"), "0x12"]) {
      const { check, calls } = await start([answer]);
      expect(await check())
        .to.contain("UserError: ")
        .and.to.contain("does not have the ledger");
      expect(calls).to.deep.equal([3]);
    }
  });

  it("does not believe some endpoints while another one fails, which can pass", async () => {
    const { check } = await start(["0x"], [new Error("header not found")]);
    expect(await check())
      .to.contain("NodesAway: ")
      .and.to.match(/According to 127.0.0.1:\d+, .* 127.0.0.1:\d+ did not answer/);
  });

  it("says that the node has not reached the deployment, which can pass", async () => {
    const { check } = await start(["0x"]);
    expect(await check({ startBlock: 40n }))
      .to.contain("NodesAway: ")
      .and.to.contain("newest block of the node is 10, but the registry");
  });

  it("says soon that the read fails, which can pass", async () => {
    const { check, calls } = await start([new Error("Internal error")]);
    expect(await check())
      .to.contain("NodesAway: ")
      .and.to.contain("could not return the ledger of the registry")
      .and.to.contain("Internal error");
    expect(calls).to.deep.equal([5]);
  });

  it("ends at once when the indexer is stopped", async () => {
    const stop = new AbortController();
    const { check, endpoints } = await start([new Error("Internal error")]);
    await endpoints.close();
    const [endpoint] = endpoints.all;
    if (endpoint) endpoint.head = undefined;
    const checked = check({ signal: stop.signal });
    stop.abort(new Error("stopped"));
    expect(await checked).to.contain("stopped");
  });
});
