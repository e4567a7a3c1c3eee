import { expect } from "chai";
import { type LocalChain, startLocalChain } from "../../scripts/demo/startLocalChain.ts";
import { startLaggingBalancer } from "../../test/support/rpc/laggingBalancer.ts";
import { ReadYourWrites, type Send } from "./readYourWrites.ts";

const BEHIND_MS = 600;

interface Transaction {
  hash: string;
  nonce: string;
}

describe("ReadYourWrites, behind a balancer with an endpoint that is behind", function () {
  this.timeout(60_000);
  let chain: LocalChain;
  let balancer: Awaited<ReturnType<typeof startLaggingBalancer>>;
  let from: string;
  let to: string;
  let nextId = 0;

  const send: Send = async (method, params) => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: nextId++, method, params });
    const headers = { "content-type": "application/json" };
    const reply = await (await fetch(balancer.url, { method: "POST", body, headers })).json();
    const { result, error } = reply as { result?: unknown; error?: { code: number; message: string; data?: unknown } };
    if (error) throw Object.assign(new Error(error.message), error);
    return result;
  };
  const session = () => {
    const reads = new ReadYourWrites({ pauseMs: 20, patienceMs: 5_000 });
    return (method: string, ...params: unknown[]) => reads.request(send, method, params);
  };

  before(async () => {
    chain = await startLocalChain();
    balancer = await startLaggingBalancer(chain.url, BEHIND_MS);
    const [sender, other] = await chain.ethers.getSigners();
    if (!sender || !other) throw new Error("The chain has no accounts.");
    [from, to] = [sender.address, other.address];
  });
  after(async () => {
    await balancer?.stop();
    await chain?.close();
  });

  it("would read old state without it: the balancer is as bad as it should be", async () => {
    const before = BigInt((await send("eth_getBalance", [to, "latest"])) as string);
    await chain.ethers.provider.send("eth_sendTransaction", [{ from, to, value: "0x1" }]);
    const balances = await Promise.all([1, 2, 3, 4].map(() => send("eth_getBalance", [to, "latest"])));
    expect(balances.map((balance) => BigInt(balance as string) - before)).to.include.members([0n, 1n]);
  });

  it("takes null for no answer, where an answer cannot be null", async () => {
    for (const method of ["eth_call", "eth_getCode", "eth_getBalance", "eth_getTransactionCount", "eth_estimateGas"]) {
      const reads = new ReadYourWrites();
      const withNull: Send = async (each, params) => (each === method ? null : send(each, params));
      const failure = await reads.request(withNull, method, [{ to }, "latest"]).catch((error: unknown) => error);
      expect(String(failure), method).to.contain("Invalid JSON-RPC response");
    }
    const withNull: Send = async () => null;
    expect(await new ReadYourWrites().request(withNull, "eth_getTransactionReceipt", ["0x12"])).to.equal(null);
  });

  it("goes on after its first request failed", async () => {
    const reads = new ReadYourWrites();
    const failing: Send = () => Promise.reject(new TypeError("fetch failed"));
    const read = (by: Send) => reads.request(by, "eth_getBalance", [to, "latest"]).catch((error: unknown) => error);
    expect(await read(failing)).to.be.instanceOf(TypeError);
    expect(await read(send)).to.match(/^0x/);
  });

  it("reads the state after its own transaction, whichever endpoint answers", async () => {
    const request = session();
    for (let i = 0; i < 4; i++) {
      const before = BigInt(await chain.ethers.provider.send("eth_getBalance", [to, "latest"]));
      const hash = await request("eth_sendTransaction", { from, to, value: "0x5" });
      for (let receipt: unknown = null; receipt === null;) receipt = await request("eth_getTransactionReceipt", hash);
      for (let read = 0; read < 3; read++) {
        expect(BigInt((await request("eth_getBalance", to, "latest")) as string)).to.equal(before + 5n);
        expect(Number(await request("eth_estimateGas", { from, to, value: "0x1" }))).to.be.within(21_000, 21_100);
      }
    }
  });

  it("counts its own transactions, and finds them", async () => {
    const request = session();
    const count = Number(await chain.ethers.provider.send("eth_getTransactionCount", [from, "latest"]));
    const hashes: unknown[] = [];
    for (let i = 0; i < 4; i++) hashes.push(await request("eth_sendTransaction", { from, to, value: "0x1" }));
    for (let read = 0; read < 3; read++) {
      expect(Number(await request("eth_getTransactionCount", from, "pending"))).to.equal(count + 4);
    }
    for (const [i, hash] of hashes.entries()) {
      const transaction = (await request("eth_getTransactionByHash", hash)) as Transaction | null;
      expect(Number(transaction?.nonce)).to.equal(count + i);
    }
  });

  it("never names a lower head than before, and finds each block up to it", async () => {
    const request = session();
    let head = 0;
    for (let i = 0; i < 6; i++) {
      await chain.ethers.provider.send("evm_mine", []);
      const now = Number(await request("eth_blockNumber"));
      expect(now).to.be.at.least(head);
      head = now;
      const block = (await request("eth_getBlockByNumber", `0x${head.toString(16)}`, false)) as { number: string };
      expect(Number(block.number)).to.equal(head);
      const latest = (await request("eth_getBlockByNumber", "latest", false)) as { number: string };
      expect(Number(latest.number)).to.be.at.least(head);
    }
  });

  it("goes on from the new height after the chain was cut back", async () => {
    const reads = new ReadYourWrites({ pauseMs: 10, patienceMs: 200 });
    const request = (method: string, ...params: unknown[]) => reads.request(send, method, params);
    const cut = await chain.ethers.provider.send("evm_snapshot", []);
    for (let i = 0; i < 5; i++) await chain.ethers.provider.send("evm_mine", []);
    await request("eth_getBalance", to, "latest");
    await chain.ethers.provider.send("evm_revert", [cut]);
    await new Promise((resolve) => setTimeout(resolve, BEHIND_MS + 200));
    const balance = await chain.ethers.provider.send("eth_getBalance", [to, "latest"]);
    expect(await request("eth_getBalance", to, "latest")).to.equal(balance);
    for (const end = Date.now() + 1_000; Date.now() < end;) await request("eth_blockNumber");
    expect(Number(await request("eth_blockNumber"))).to.equal(await chain.ethers.provider.getBlockNumber());
  });

  it("throws a revert at once, and another failure after the patience", async () => {
    const reads = new ReadYourWrites({ pauseMs: 10, patienceMs: 100 });
    let count = 0;
    const failing =
      (error: object): Send =>
      (method) => {
        if (method === "eth_blockNumber") return Promise.resolve("0x10");
        count++;
        return Promise.reject(Object.assign(new Error("header not found"), error));
      };
    await reads.request(failing({}), "eth_blockNumber");
    const call = async (error: object) => {
      try {
        return await reads.request(failing(error), "eth_call", [{}, "0x10"]);
      } catch (thrown) {
        return (thrown as Error).message;
      }
    };
    expect(await call({ code: 3, message: "execution reverted", data: "0x08c379a0" })).to.equal("execution reverted");
    expect(count).to.equal(1);
    expect(await call({ code: -32_000 })).to.equal("header not found");
    expect(count).to.be.greaterThan(3);
  });

  it("reads logs when all endpoints have them", async () => {
    for (let i = 0; i < 3; i++) {
      const token = await chain.ethers.deployContract("TestCurrency", ["Dollar", "tUSD", 6]);
      await token.mint(to, 1n);
      const address = await token.getAddress();
      const filter = { address, fromBlock: "0x0", toBlock: "latest" };
      for (let read = 0; read < 3; read++) expect(await session()("eth_getLogs", filter)).to.have.lengthOf(1);
    }
  });

  it("counts pending transactions of an earlier session, which not all endpoints know", async () => {
    const counts = ["0x4", "0x7", "0x4"];
    const lagging: Send = (method, [, block]) =>
      Promise.resolve(method === "eth_blockNumber" ? "0x10" : block === "pending" ? (counts.shift() ?? "0x7") : "0x4");
    const reads = new ReadYourWrites({ pauseMs: 10, patienceMs: 100 });
    expect(await reads.request(lagging, "eth_getTransactionCount", [from, "pending"])).to.equal("0x7");
  });

  it("throws at once where no endpoint was reached", async () => {
    const reads = new ReadYourWrites({ pauseMs: 10, patienceMs: 60_000 });
    const gone: Send = (method) =>
      method === "eth_blockNumber" ? Promise.resolve("0x10") : Promise.reject(new Error("fetch failed"));
    const thrown = await reads.request(gone, "eth_call", [{}, "latest"]).catch((error: Error) => error.message);
    expect(thrown).to.equal("fetch failed");
  });
});
