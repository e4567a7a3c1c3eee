import { expect } from "chai";
import { Refused, refusedAs } from "#client/errors/refused.ts";
import { withHint } from "./hint.ts";

describe("a refusal at the command line", () => {
  it("says which command or option helps", () => {
    const refused = withHint(refusedAs("GrantRequired", { release: 7, caller: "0xabc" }));
    expect(refused.message).to.contain("Release 7 is by grant").and.to.contain("hardhat grant 7 --account 0xabc");
    expect(refused.errorName).to.equal("GrantRequired");
    const owned = withHint(new Refused("Asset 2 is not yours.", "NotAssetOwner", { asset: 2, owner: "0xdef" }));
    expect(owned.message).to.equal("Asset 2 is not yours. --as names the account that signs.");
    const unknown = withHint(refusedAs("NotAssetOwner", { asset: 2, caller: "0xabc" }));
    expect(unknown.message).to.contain("`status --asset 2` tells whose it is.");
  });

  it("stays as it is where nothing helps", () => {
    for (const refused of [new Refused("No reason."), refusedAs("ZeroAmount", {})]) {
      expect(withHint(refused)).to.equal(refused);
    }
  });
});
