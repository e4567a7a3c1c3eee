import { expect } from "chai";
import { UserError } from "#protocol/userError.ts";
import { nodeError } from "./nodeError.ts";

describe("the error of a node, in the explorer", () => {
  it("names the node that failed", () => {
    const failed = new TypeError("Failed to fetch");
    expect(String(nodeError(failed, undefined)))
      .to.contain("Your wallet's node cannot be reached (Failed to fetch).")
      .and.to.contain("network settings");
    expect(String(nodeError(failed, "https://node.example/v3/KEY")))
      .to.contain("The explorer's node (node.example) cannot be reached")
      .and.not.to.contain("KEY");
  });

  it("is unchanged if the node answered about the call, or the message is for people already", () => {
    for (const error of [
      Object.assign(new Error("execution reverted"), { code: 3, data: "0x12345678" }),
      { code: 4001, message: "User rejected the request." },
      new UserError("Connect a wallet."),
    ]) {
      expect(nodeError(error, undefined)).to.equal(error);
    }
  });
});
