import { expect } from "chai";
import { privateKeyToAccount } from "viem/accounts";
import {
  type Hex,
  parseSignature,
  recoverMessageAddress,
  serializeCompactSignature,
  serializeSignature,
  signatureToCompactSignature,
} from "viem";
import { UserError } from "#protocol/userError.ts";
import { splitSignature } from "./splitSignature.ts";

const signatureToCompactSignatureHex = (signature: Hex) =>
  serializeCompactSignature(signatureToCompactSignature(parseSignature(signature)));

describe("splitting a signature", () => {
  it("returns parts from which the signer can be recovered", async () => {
    const account = privateKeyToAccount(`0x${"01".repeat(32)}`);
    const { v, r, s } = splitSignature(await account.signMessage({ message: "text" }));
    const signature = serializeSignature({ r, s, v: BigInt(v) });
    expect(await recoverMessageAddress({ message: "text", signature })).to.equal(account.address);
  });

  it("reads the other forms that wallets write: with 0 or 1 at the end, or in 64 bytes (ERC-2098)", async () => {
    const account = privateKeyToAccount(`0x${"01".repeat(32)}`);
    for (const message of ["1", "2", "3", "4"]) {
      const signature = await account.signMessage({ message });
      const parts = splitSignature(signature);
      expect(splitSignature(`${signature.slice(0, -2) as Hex}${parts.v === 27 ? "00" : "01"}`)).to.deep.equal(parts);
      expect(splitSignature(signatureToCompactSignatureHex(signature))).to.deep.equal(parts);
    }
  });

  it("refuses a signature of another length", () => {
    expect(() => splitSignature("0x1234")).to.throw(UserError, "has 2 bytes");
    expect(() => splitSignature(`0x${"11".repeat(130)}`)).to.throw(UserError, "has 130 bytes");
  });
});
