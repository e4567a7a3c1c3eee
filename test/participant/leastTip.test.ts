import { expect } from "chai";
import { createPublicClient, type EIP1193Provider, http, parseGwei } from "viem";
import { run } from "../../scripts/participant/command.ts";
import { deposit } from "../../scripts/participant/commands/deposit.ts";
import { Session } from "../../scripts/participant/session.ts";
import type { SharedOptions } from "../../scripts/participant/commandLine.ts";
import { type ParticipantNode, startParticipant } from "../support/participant.ts";
import { type LeastTipOptions, startLeastTipNode } from "../support/rpc/leastTipNode.ts";

describe("commands on a node that suggests a tip of 1.5 gwei and takes nothing below 25", function () {
  this.timeout(60_000);
  let on: ParticipantNode;
  before(async () => {
    on = await startParticipant(4_264);
    await on.signed.connect(on.accounts.payer).approve(on.ledger, 10n ** 12n);
  });
  after(() => on?.stop());

  interface How extends LeastTipOptions {
    shared?: Partial<SharedOptions>;
    /** Answers of the person at the terminal. Default: none; `--yes` is given. */
    answers?: boolean[];
    /** Called before the first question is answered. */
    atQuestion?: () => Promise<unknown>;
  }

  /** Deposits 1 base unit through such a node. */
  async function act({ shared, answers, atQuestion, ...how }: How = {}) {
    const node = await startLeastTipNode(on.url, how);
    let said = "";
    let questions = 0;
    const options = {
      deployment: undefined,
      as: on.accounts.payer.address,
      yes: answers === undefined,
      json: false,
      dryRun: false,
      propose: undefined,
      plain: false,
      confirmations: 1,
      api: undefined,
      tip: undefined,
      maxFee: undefined,
      ...shared,
    };
    const terminal = {
      isInteractive: answers !== undefined,
      isSeen: answers !== undefined,
      stdout: (text: string) => (said += text),
      stderr: (text: string) => (said += text),
      ask: async (question: string) => {
        said += question;
        if (questions === 0) await atQuestion?.();
        return answers?.[questions++] ?? false;
      },
    };
    const client = createPublicClient({ transport: http(node.url, { retryCount: 0 }) });
    const open = async () =>
      new Session({
        provider: client as unknown as Pick<EIP1193Provider, "request">,
        deployment: on.deployment,
        options,
        terminal,
        signal: new AbortController().signal,
      });
    const asked = { amount: "0.000001", currency: "sUSD", account: undefined, ...options };
    const error: unknown = await run({ name: "deposit", command: deposit, options: asked, terminal, open }).catch(
      (thrown: unknown) => thrown,
    );
    await node.stop();
    return { node, said, error: (error as Error | undefined)?.message };
  }

  it("offers what the refusal names, and says so", async () => {
    const { node, said, error } = await act();
    expect(error).to.equal(undefined);
    expect(said).to.contain("The node refused a tip of 1.5 gwei. 25 gwei is offered instead.");
    expect(node.taken).to.deep.equal([parseGwei("25")]);
    expect(node.refused()).to.equal(1);
  });

  it("doubles the tip where the refusal names none", async () => {
    const { node, error } = await act({ refusal: () => "transaction underpriced" });
    expect(error).to.equal(undefined);
    expect(node.taken).to.deep.equal([parseGwei("48")]);
  });

  it("works on a node without eth_maxPriorityFeePerGas and eth_feeHistory", async () => {
    const { node, error } = await act({ lacks: ["eth_maxPriorityFeePerGas", "eth_feeHistory"] });
    expect(error).to.equal(undefined);
    expect(node.taken).to.deep.equal([parseGwei("25")]);
  });

  it("asks again if it may cost more than was shown", async () => {
    const refused = await act({ answers: [true, false] });
    expect(refused.said).to.match(/costs at most 0\.00\d+ ETH, not 0\.0\d+ ETH as agreed\. Send it\?/);
    expect(refused.error).to.contain("Not confirmed. This transaction was not sent.");
    expect(refused.node.taken).to.deep.equal([]);
    const agreed = await act({ answers: [true, true] });
    expect(agreed.error).to.equal(undefined);
    expect(agreed.node.taken).to.deep.equal([parseGwei("25")]);
  });

  it("asks again if the base fee has risen far since the cost was shown", async () => {
    const setBaseFee = (gwei: number) =>
      on.ethers.provider.send("hardhat_setNextBlockBaseFeePerGas", [`0x${parseGwei(String(gwei)).toString(16)}`]);
    const atQuestion = async () => {
      await setBaseFee(200);
      await on.ethers.provider.send("evm_mine", []);
    };
    const { said, error, node } = await act({ answers: [true, false], takes: 0, atQuestion });
    expect(said).to.contain("The gas price has risen.");
    expect(error).to.contain("This transaction was not sent");
    expect(node.taken).to.deep.equal([]);
    await setBaseFee(1);
    await on.ethers.provider.send("evm_mine", []);
  });

  it("takes --tip and --max-fee", async () => {
    const { node, said, error } = await act({ shared: { tip: "30", maxFee: "60" } });
    expect(error).to.equal(undefined);
    expect(node.taken).to.deep.equal([parseGwei("30")]);
    expect(node.refused()).to.equal(0);
    expect(said).to.contain("and at most");
  });

  it("never goes beyond --tip, --max-fee or the highest tip", async () => {
    for (const [shared, refusal, reason] of [
      [{ tip: "2" }, undefined, "more than --tip 2 gwei allows, so nothing was sent"],
      [{ maxFee: "20" }, undefined, "more than --max-fee 20 gwei allows, so nothing was sent"],
      [{}, () => "transaction underpriced: gas tip cap 1, minimum needed 9000000000000000", "give --tip 9000000"],
      [{ tip: "1,5" }, undefined, '--tip "1,5" is not a price'],
      [{ tip: "31", maxFee: "30" }, undefined, "--tip 31 is more than --max-fee 30"],
    ] as const) {
      const { error, node } = await act({ shared, ...(refusal && { refusal }) });
      expect(error).to.contain(reason);
      expect(node.taken).to.deep.equal([]);
    }
  });

  it("cuts an absurd suggestion, and says so", async () => {
    const { node, said, error } = await act({ suggests: 5_000_000 });
    expect(error).to.equal(undefined);
    expect(said).to.contain("The node suggests a tip of 5000000 gwei, far above what is usual. 1000 gwei is offered.");
    expect(node.taken).to.deep.equal([parseGwei("1000")]);
  });
});
