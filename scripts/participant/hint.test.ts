import { expect } from "chai";
import { Refusal, refusalFor } from "#client/errors/refusal.ts";
import { withHint } from "./hint.ts";

describe("a refusal at the command line", () => {
  it("names the command or option that helps", () => {
    const refused = withHint(refusalFor("GrantRequired", { release: 7, caller: "0xabc" }));
    expect(refused.message).to.contain("Release 7 is by grant").and.to.contain("hardhat grant 7 --account 0xabc");
    expect(refused.errorName).to.equal("GrantRequired");
    const owned = withHint(new Refusal("Asset 2 is not yours.", "NotAssetOwner", { asset: 2, owner: "0xdef" }));
    expect(owned.message).to.equal("Asset 2 is not yours. Choose the account that signs with --as.");
    const unknown = withHint(refusalFor("NotAssetOwner", { asset: 2, caller: "0xabc" }));
    expect(unknown.message).to.contain("`status --asset 2` shows its owner.");
  });

  it("is unchanged if there is no hint", () => {
    for (const refused of [new Refusal("No reason."), refusalFor("ZeroAmount", {})]) {
      expect(withHint(refused)).to.equal(refused);
    }
  });
});
