import { expect } from "chai";
import { zeroHash } from "viem";
import { Names } from "../../names/nameTexts.ts";
import { describeDraft } from "./draft.ts";

const DRAFT = { contributions: [], floor: 0, byGrant: false, label: "", digest: zeroHash, uri: "" };

describe("the description of a draft", () => {
  it("names its contributions and who may build on it", () => {
    expect(describeDraft(new Names(), DRAFT)).to.equal("without contributions, open (anyone may build on it)");
    const contributions = [
      { release: 2, weight: 300_000 },
      { release: 3, weight: 1 },
    ];
    expect(
      describeDraft(new Names(), { ...DRAFT, contributions, byGrant: true, label: "1.0", uri: "https://x.org" }),
    ).to.equal(
      'label "1.0", URI https://x.org, built from release 2 (30 %), release 3 (0.0001 %), by grant (only the owner of its asset, and accounts and assets with a grant, may build on it)',
    );
  });

  it("contains no control characters", () => {
    expect(describeDraft(new Names(), { ...DRAFT, label: "\u001b[2J" })).not.to.contain("\u001b");
  });
});
