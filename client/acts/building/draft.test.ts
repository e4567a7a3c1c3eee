import { expect } from "chai";
import { zeroHash } from "viem";
import { describeDraft } from "./draft.ts";

const DRAFT = { contributions: [], floor: 0, byGrant: false, label: "", digest: zeroHash, uri: "" };

describe("the description of a draft", () => {
  it("says what it was built from and who may build on it", () => {
    expect(describeDraft(DRAFT)).to.equal("without contributions, which anyone may build on");
    const contributions = [
      { release: 2, weight: 300_000 },
      { release: 3, weight: 1 },
    ];
    expect(describeDraft({ ...DRAFT, contributions, byGrant: true, label: "1.0", uri: "https://x.org" })).to.equal(
      'labelled "1.0", with the URI https://x.org, built from release 2 (30 %), release 3 (0.0001 %), which only those with a grant may build on',
    );
  });

  it("holds nothing that steers a terminal", () => {
    expect(describeDraft({ ...DRAFT, label: "\u001b[2J" })).not.to.contain("\u001b");
  });
});
