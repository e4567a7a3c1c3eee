import { expect } from "chai";
import { numberToHex, parseGwei } from "viem";
import { type LocalChain, startLocalChain } from "../../scripts/demo/startLocalChain.ts";
import { startLeastTipNode } from "../../test/support/rpc/leastTipNode.ts";
import type { FeeChoice } from "./feeOptions.ts";
import { PricedSending } from "./pricedSending.ts";
import type { Send } from "./readYourWrites.ts";

describe("PricedSending", () => {
  let chain: LocalChain;
  let node: Awaited<ReturnType<typeof startLeastTipNode>>;
  let from: string;
  before(async () => {
    chain = await startLocalChain();
    node = await startLeastTipNode(chain.url);
    from = (await chain.ethers.getSigners())[0]?.address ?? "";
  });
  after(async () => {
    await node?.stop();
    await chain?.close();
  });

  const send: Send = async (method, params) => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const reply = await (
      await fetch(node.url, { method: "POST", body, headers: { "content-type": "application/json" } })
    ).json();
    const { result, error } = reply as { result?: unknown; error?: { message: string } };
    if (error) throw Object.assign(new Error(error.message), error);
    return result;
  };
  function session(choice: FeeChoice = {}) {
    const said: string[] = [];
    const accept = async ({ notes = [] }: { notes?: readonly string[] }) => void said.push(...notes);
    const priced = new PricedSending({ choice, accept });
    return { said, request: (method: string, ...params: unknown[]) => priced.request(send, method, params) };
  }
  const sentWith = async (hash: unknown) => {
    const transaction = await chain.ethers.provider.getTransaction(String(hash));
    return { tip: transaction?.maxPriorityFeePerGas, most: transaction?.maxFeePerGas };
  };

  it("replaces the price that a library chose, and remembers what a refusal named", async () => {
    const { request, said } = session();
    const chosen = { from, to: from, gasPrice: numberToHex(parseGwei("32")) };
    expect((await sentWith(await request("eth_sendTransaction", chosen))).tip).to.equal(parseGwei("25"));
    expect((await sentWith(await request("eth_sendTransaction", { from, to: from }))).tip).to.equal(parseGwei("25"));
    expect(said).to.deep.equal(["The node refused a tip of 1.5 gwei. 25 gwei is offered instead."]);
  });

  it("offers what was chosen", async () => {
    const { request } = session({ tip: parseGwei("30"), maxFee: parseGwei("70") });
    const hash = await request("eth_sendTransaction", {
      from,
      to: from,
      maxFeePerGas: "0x1",
      maxPriorityFeePerGas: "0x1",
    });
    expect(await sentWith(hash)).to.deep.equal({ tip: parseGwei("30"), most: parseGwei("70") });
  });

  it("simulates without a price, which a node may refuse", async () => {
    const { request } = session();
    const price = { maxFeePerGas: "0x1", maxPriorityFeePerGas: "0x1" };
    expect(Number(await request("eth_estimateGas", { from, to: from, ...price }))).to.be.within(21_000, 21_100);
    expect(await request("eth_call", { from, to: from, gasPrice: "0x1" }, "latest")).to.equal("0x");
  });

  it("offers enough to replace a pending transaction, and leaves it if no more may be offered", async () => {
    await chain.ethers.provider.send("evm_setAutomine", [false]);
    const nonce = numberToHex(await chain.ethers.provider.getTransactionCount(from));
    const open = session();
    const first = await sentWith(await open.request("eth_sendTransaction", { from, to: from, nonce }));
    const second = await sentWith(await open.request("eth_sendTransaction", { from, to: from, nonce }));
    expect((second.tip ?? 0n) * 8n >= (first.tip ?? 0n) * 9n).to.equal(true);
    expect((second.most ?? 0n) * 8n >= (first.most ?? 0n) * 9n).to.equal(true);
    await chain.ethers.provider.send("hardhat_dropTransaction", [
      (await chain.ethers.provider.send("eth_pendingTransactions", []))[0].hash,
    ]);

    const bounded = session({ tip: parseGwei("30"), maxFee: parseGwei("40") });
    const hash = await bounded.request("eth_sendTransaction", { from, to: from, nonce });
    expect(await bounded.request("eth_sendTransaction", { from, to: from, nonce })).to.equal(hash);
    expect((await sentWith(hash)).most).to.equal(parseGwei("40"));
    await chain.ethers.provider.send("evm_mine", []);
    await chain.ethers.provider.send("evm_setAutomine", [true]);
  });

  it("replaces what an earlier run sent if the library knows its hash, and nothing else", async () => {
    await chain.ethers.provider.send("evm_setAutomine", [false]);
    const nonce = numberToHex(await chain.ethers.provider.getTransactionCount(from, "latest"));
    const replacement = { from, to: from, nonce };
    const pending = await session().request("eth_sendTransaction", { ...replacement, value: "0x1" });
    const resumed = session();
    const refused = await resumed.request("eth_sendTransaction", replacement).catch((error: Error) => error.message);
    expect(refused).to.match(/underpriced/i);
    await resumed.request("eth_getTransactionByHash", pending);
    const raised = await sentWith(await resumed.request("eth_sendTransaction", replacement));
    expect((raised.tip ?? 0n) * 8n >= parseGwei("25") * 9n).to.equal(true);
    await chain.ethers.provider.send("evm_setAutomine", [true]);
  });
});
