import { expect } from "chai";
import { type LocalChain, startLocalChain } from "../demo/startLocalChain.ts";
import { findByNonce, type Send } from "./findByNonce.ts";

describe("findByNonce", () => {
  let chain: LocalChain;
  let send: Send;
  before(async () => {
    chain = await startLocalChain();
    send = (method, params) => chain.ethers.provider.send(method, params);
  });
  after(() => chain.close());

  it("finds mined and pending transactions, also one that offers too little for the next block", async () => {
    const [sender, other] = await chain.ethers.getSigners();
    if (!sender || !other) throw new Error("The chain has no accounts.");
    const hashes: string[] = [];
    for (let nonce = 0; nonce < 5; nonce++) {
      const { hash } = await sender.sendTransaction({ to: other.address, value: 1 });
      hashes.push(hash);
      await other.sendTransaction({ to: sender.address, value: 1 });
    }
    await send("evm_setAutomine", [false]);
    hashes.push((await sender.sendTransaction({ to: other.address, value: 1 })).hash);
    for (const [nonce, hash] of hashes.entries()) expect(await findByNonce(send, sender.address, nonce)).to.equal(hash);
    await send("hardhat_setNextBlockBaseFeePerGas", ["0x174876e800"]);
    expect(await findByNonce(send, sender.address, 5)).to.equal(hashes[5]);
    expect(await findByNonce(send, sender.address, 6)).to.equal(undefined);
  });
});
