import { expect } from "chai";
import { privateKeyToAccount } from "viem/accounts";
import { recoverMessageAddress, serializeSignature } from "viem";
import { UserError } from "#protocol/userError.ts";
import { splitSignature } from "./splitSignature.ts";

describe("splitting a signature", () => {
  it("returns parts from which the signer can be recovered", async () => {
    const account = privateKeyToAccount(`0x${"01".repeat(32)}`);
    const { v, r, s } = splitSignature(await account.signMessage({ message: "text" }));
    const signature = serializeSignature({ r, s, v: BigInt(v) });
    expect(await recoverMessageAddress({ message: "text", signature })).to.equal(account.address);
  });

  it("refuses a signature of another length", () => {
    expect(() => splitSignature("0x1234")).to.throw(UserError, "did not sign with a private key");
  });
});
