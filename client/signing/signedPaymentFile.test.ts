import { expect } from "chai";
import type { Hex } from "viem";
import { UserError } from "#protocol/userError.ts";
import { parseSignedPayment, type SignedPayment, signedPaymentText } from "./signedPaymentFile.ts";

const CONTRACT = { chainId: 7, signedPayments: `0x${"ab".repeat(20)}` } as const;
const PAYMENT: SignedPayment = {
  way: "permit2",
  payer: `0x${"12".repeat(20)}`,
  release: 3,
  currency: `0x${"56".repeat(20)}`,
  amount: 2n ** 90n,
  ref: `0x${"00".repeat(32)}`,
  nonce: 2n ** 128n - 1n,
  deadline: 1_800_000_000n,
  signature: `0x${"34".repeat(65)}`,
};

describe("the file of a signed payment", () => {
  it("is read as it was written", () => {
    const content: unknown = JSON.parse(signedPaymentText(PAYMENT, CONTRACT));
    expect(parseSignedPayment(content, "fee.json", CONTRACT)).to.deep.equal(PAYMENT);
  });

  it("is refused if it is for another deployment, or no payment", () => {
    const content: unknown = JSON.parse(signedPaymentText(PAYMENT, CONTRACT));
    for (const other of [
      { ...CONTRACT, chainId: 1 },
      { ...CONTRACT, signedPayments: PAYMENT.payer },
    ]) {
      expect(() => parseSignedPayment(content, "fee.json", other)).to.throw(
        UserError,
        "on chain 7, not for this deployment",
      );
    }
    for (const signature of ["0x123", "0xgg", "12"] as Hex[]) {
      const forged = JSON.parse(signedPaymentText({ ...PAYMENT, signature }, CONTRACT)) as unknown;
      expect(() => parseSignedPayment(forged, "fee.json", CONTRACT)).to.throw(
        UserError,
        "an even number of hexadecimal digits",
      );
    }
  });

  it("holds a signature of any length, or the message to sign if there is none yet", () => {
    const message = {
      domain: { name: "Permit2", chainId: 7 },
      types: { Fee: [{ name: "amount", type: "uint256" }] },
      primaryType: "Fee",
      message: { amount: 2n ** 90n },
    };
    for (const signature of [`0x${"34".repeat(130)}`, "0x"] as const) {
      const content = JSON.parse(signedPaymentText({ ...PAYMENT, signature }, CONTRACT, message)) as object;
      expect(parseSignedPayment(content, "fee.json", CONTRACT).signature).to.equal(signature);
      expect("typedData" in content).to.equal(signature === "0x");
    }
    const unsigned = JSON.parse(signedPaymentText({ ...PAYMENT, signature: "0x" }, CONTRACT, message)) as {
      typedData: object;
    };
    expect(unsigned.typedData).to.deep.equal({
      domain: { name: "Permit2", chainId: 7 },
      types: {
        EIP712Domain: [
          { name: "name", type: "string" },
          { name: "chainId", type: "uint256" },
        ],
        Fee: [{ name: "amount", type: "uint256" }],
      },
      primaryType: "Fee",
      message: { amount: String(2n ** 90n) },
    });
  });
});
