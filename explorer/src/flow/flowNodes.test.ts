import { expect } from "chai";
import { accountNode, assetNode, assetText, releaseNode } from "./flowNodes.ts";

describe("the nodes of a flow", () => {
  it("have a short name and a link", () => {
    expect(assetNode("a1", 1, "corpus")).to.deep.equal({ id: "a1", name: "corpus", kind: "asset", to: "/assets/1" });
    expect(releaseNode("r2", 2, "model")).to.deep.equal({
      id: "r2",
      name: "model #2",
      kind: "release",
      to: "/releases/2",
    });
    const address = `0x1234${"0".repeat(32)}cdef`;
    expect(accountNode("payer", address, "payer")).to.deep.equal({
      id: "payer",
      name: "0x1234…cdef",
      kind: "payer",
      to: `/accounts/${address}`,
    });
  });

  it("are named by their number if they have no name", () => {
    for (const name of [null, "", " ", "\u200b"]) {
      expect(assetText(7, name)).to.equal("asset 7");
      expect(releaseNode("r", 7, name).name).to.equal("#7");
    }
  });

  it("cut untrusted names short", () => {
    expect(assetText(1, "x".repeat(1_000))).to.equal(`${"x".repeat(27)}…`);
    expect(assetText(1, "😀".repeat(28))).to.equal("😀".repeat(28));
    expect(releaseNode("r", 1, "\u202e\n<b>").name).to.equal("<b> #1");
  });
});
