import { expect } from "chai";
import type { TransactionRequest } from "ethers";
import type { HardhatEthers } from "@nomicfoundation/hardhat-ethers/types";
import { createPublicClient, custom, type Hash, http, type PublicClient } from "viem";
import { UserError } from "#protocol/userError.ts";
import { waitFor, type WaitParameters } from "./waitFor.ts";
import { startLocalChain } from "../../scripts/demo/startLocalChain.ts";

const GWEI = 10n ** 9n;
const TO = `0x${"42".repeat(20)}` as const;

describe("waiting for a transaction, on a node of its own", function () {
  this.timeout(60_000);
  let ethers: HardhatEthers;
  let client: PublicClient;
  let stop: () => Promise<void>;
  const send = (method: string, ...params: unknown[]): Promise<unknown> => ethers.provider.send(method, params);

  before(async () => {
    const chain = await startLocalChain();
    ({ ethers } = chain);
    client = createPublicClient({ transport: http(chain.url) });
    stop = () => chain.close();
    await send("evm_setAutomine", false);
  });
  after(() => stop());

  /** Sends a transaction that is not mined yet, starts to wait for it, and collects the reported lines. */
  async function started(given: Partial<WaitParameters> = {}) {
    const [signer] = await ethers.getSigners();
    if (!signer) throw new Error("The node has no account.");
    const offer = { maxFeePerGas: 10n * GWEI, maxPriorityFeePerGas: GWEI };
    const nonce = await signer.getNonce("latest");
    const { hash } = await signer.sendTransaction({ to: TO, nonce, gasLimit: 30_000n, ...offer });
    const lines: string[] = [];
    const sentAt = BigInt(await ethers.provider.getBlockNumber());
    const sent = { hash: hash as Hash, from: signer.address as Hash, nonce, to: TO, data: "0x", sentAt } as const;
    const waiting = waitFor(
      { ...sent, most: offer.maxFeePerGas },
      {
        client,
        confirmations: 1,
        signal: new AbortController().signal,
        report: (line) => lines.push(line),
        pause: () => new Promise((resolve) => setTimeout(resolve, 20)),
        show: (each) => each,
        ...given,
      },
    );
    waiting.catch(() => undefined);
    const again = async (other: TransactionRequest) =>
      (await signer.sendTransaction({ to: TO, nonce, gasLimit: 30_000n, ...offer, ...other })).hash;
    return { hash, lines, waiting, again };
  }

  const refusalOf = async (waiting: Promise<unknown>): Promise<string> => {
    const error: unknown = await waiting.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(UserError);
    return (error as UserError).message;
  };

  it("returns the receipt once it has enough confirmations", async () => {
    const { hash, lines, waiting } = await started({ confirmations: 3 });
    await send("evm_mine");
    await until(() => lines.some((line) => line.includes("1 of 3 confirmations")));
    await send("evm_mine");
    await send("evm_mine");
    expect((await waiting).transactionHash).to.equal(hash);
  });

  it("follows the same call at another gas price", async () => {
    const { hash, lines, waiting, again } = await started();
    const faster = await again({ maxFeePerGas: 20n * GWEI, maxPriorityFeePerGas: 5n * GWEI });
    await send("evm_mine");
    expect((await waiting).transactionHash)
      .to.equal(faster)
      .and.not.to.equal(hash);
    expect(lines.join()).to.contain("replaced by the same call at another gas price");
  });

  it("fails if another call took its place", async () => {
    const { waiting, again } = await started();
    const other = await again({
      to: `0x${"43".repeat(20)}`,
      maxFeePerGas: 20n * GWEI,
      maxPriorityFeePerGas: 5n * GWEI,
    });
    await send("evm_mine");
    expect(await refusalOf(waiting)).to.contain(`was replaced by ${other}, which makes another call`);
  });

  it("fails if the node drops it", async () => {
    const { hash, lines, waiting } = await started({ droppedAfterMs: 100 });
    await send("hardhat_dropTransaction", hash);
    expect(await refusalOf(waiting)).to.contain("was dropped before it was mined");
    expect(lines.join()).to.contain("does not know the transaction at the moment");
  });

  it("reports a gas price above its offer", async () => {
    await send("evm_mine");
    await send("hardhat_setNextBlockBaseFeePerGas", "0x1");
    const { lines, waiting } = await started();
    await send("hardhat_setNextBlockBaseFeePerGas", `0x${(100n * GWEI).toString(16)}`);
    await send("evm_mine");
    await until(() => lines.some((line) => line.includes("gas price is above what the transaction offers")));
    await send("hardhat_setNextBlockBaseFeePerGas", "0x1");
    await send("evm_mine");
    expect((await waiting).status).to.equal("success");
  });

  it("stops at an abort, and says that it may still be mined", async () => {
    const stopping = new AbortController();
    const { hash, waiting } = await started({ signal: stopping.signal });
    stopping.abort();
    expect(await refusalOf(waiting))
      .to.contain(hash)
      .and.to.contain("may still be mined");
    await send("evm_mine");
  });

  it("retries while the node does not answer, and fails after a time", async () => {
    const { lines, waiting } = await started({ silentForMs: 100, client: silent });
    expect(await refusalOf(waiting))
      .to.contain("does not answer")
      .and.to.contain("may be mined");
    expect(lines.join()).to.contain("retrying");
    await send("evm_mine");
  });
});

const silent = createPublicClient({
  transport: custom({ request: () => Promise.reject(new Error("connection refused")) }, { retryCount: 0 }),
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}
