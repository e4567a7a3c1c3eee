import { expect } from "chai";
import type { Plan } from "./plan.ts";
import { batchChecksum, proposalText, withoutMessages } from "./proposal.ts";

const SAFE = "0xDF8a1Ce35c9a6ACE153B4e0767942f1E2291a1Aa";
const TO = "0x49d4450977E2c95362C13D3a31a09311E0Ea26A6";
const plan: Plan = {
  title: 'Pay "1" ü',
  steps: [
    { does: "Approve.", to: TO, data: "0x1234" },
    { does: "Pay.", to: TO, data: "0x", value: 10n ** 21n },
  ],
};
const message = { domain: {}, types: {}, primaryType: "Permit", message: {} };

describe("a proposal for a contract wallet", () => {
  it("has the form that Safe's Transaction Builder reads", () => {
    const text = proposalText({ chainId: 8453, account: SAFE, plan, form: "safe", createdAt: 1_646_321_521_061 });
    expect(JSON.parse(text)).to.deep.equal({
      version: "1.0",
      chainId: "8453",
      createdAt: 1_646_321_521_061,
      meta: {
        name: 'Pay "1" ü',
        description: "Approve. Pay.",
        txBuilderVersion: "1.16.5",
        createdFromSafeAddress: SAFE,
        createdFromOwnerAddress: "",
        checksum: JSON.parse(text).meta.checksum,
      },
      transactions: [
        { to: TO, value: "0", data: "0x1234", contractMethod: null, contractInputsValues: null },
        { to: TO, value: String(10n ** 21n), data: "0x", contractMethod: null, contractInputsValues: null },
      ],
    });
  });

  it("has a checksum that does not depend on the name, and on everything else", () => {
    const checksum = (changes: Partial<Plan>, createdAt = 1) =>
      (
        JSON.parse(
          proposalText({ chainId: 1, account: SAFE, plan: { ...plan, ...changes }, form: "safe", createdAt }),
        ) as { meta: { checksum: string } }
      ).meta.checksum;
    expect(checksum({})).to.match(/^0x[0-9a-f]{64}$/);
    expect(checksum({ title: "Another" })).to.equal(checksum({}));
    expect(checksum({}, 2)).not.to.equal(checksum({}));
    expect(checksum({ steps: plan.steps.slice(0, 1) })).not.to.equal(checksum({}));
  });

  it("has the checksum that the Transaction Builder computes itself", () => {
    // A batch that version 1.18.2 wrote. Source: TRANSACTION_BUILDER_FORMAT_ANALYSIS.md in 5afe/safe-cli-nodejs.
    const inputs = ["spender:address", "value:uint256"].map((each) => {
      const [name, type] = each.split(":");
      return { internalType: type, name, type };
    });
    const batch = {
      version: "1.0",
      chainId: "1",
      createdAt: 1_761_326_849_944,
      meta: {
        name: "Transactions Batch",
        description: "",
        txBuilderVersion: "1.18.2",
        createdFromSafeAddress: "0xA77DE01e157f9f57C7c4A326eeE9C4874D0598b6",
        createdFromOwnerAddress: "",
      },
      transactions: [
        {
          to: "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
          value: "0",
          data: null,
          contractMethod: { inputs, name: "approve", payable: false },
          contractInputsValues: { spender: "0x474e5Ded6b5D078163BFB8F6dBa355C3aA5478C8", value: "100000000000" },
        },
      ],
    };
    expect(batchChecksum(batch)).to.equal("0x8b5032f716845c8b08bab3d63dbd9ba92e056f3557793cd041e59b84e16aa989");
  });

  it("is a plain list of calls on request", () => {
    expect(JSON.parse(proposalText({ chainId: 1, account: SAFE, plan, form: "plain" }))).to.deep.equal([
      { to: TO, value: "0", data: "0x1234" },
      { to: TO, value: String(10n ** 21n), data: "0x" },
    ]);
  });

  it("takes the way without a message to sign, and is refused if there is none", async () => {
    const signing = { does: "Sign.", message };
    const other = { ...signing, otherwise: async () => plan };
    expect(
      await withoutMessages({
        title: "",
        steps: [{ ...other, otherwise: async () => ({ title: "", steps: [other] }) }],
      }),
    ).to.equal(plan);
    const refused: unknown = await withoutMessages({ title: "", steps: [signing] }).catch((error: unknown) => error);
    expect(String(refused)).to.contain("cannot be proposed");
  });
});
