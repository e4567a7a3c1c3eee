import { expect } from "chai";
import { UserError } from "#protocol/userError.ts";
import { grantText, parseGrant, type SignedGrant } from "./grantFile.ts";

const REGISTRY = `0x${"AB".repeat(20)}` as const;
const DEPLOYMENT = { chainId: 7, registry: REGISTRY };
const SIGNED: SignedGrant = {
  grant: { release: 3, account: `0x${"12".repeat(20)}`, asset: 0, nonce: 2n ** 64n - 1n, deadline: 1_800_000_000n },
  signature: `0x${"34".repeat(65)}`,
};

describe("the file of a signed grant", () => {
  it("is read as it was written", () => {
    const content: unknown = JSON.parse(grantText(SIGNED, DEPLOYMENT));
    expect(parseGrant(content, "grant.json", DEPLOYMENT)).to.deep.equal(SIGNED);
    const inLowerCase = { ...DEPLOYMENT, registry: REGISTRY.toLowerCase() as `0x${string}` };
    expect(parseGrant(content, "grant.json", inLowerCase)).to.deep.equal(SIGNED);
  });

  it("is refused if it is for another deployment, or no grant", () => {
    const content: unknown = JSON.parse(grantText(SIGNED, DEPLOYMENT));
    expect(() => parseGrant(content, "grant.json", { ...DEPLOYMENT, chainId: 8 })).to.throw(
      UserError,
      `signed for the registry ${REGISTRY} on chain 7, not for this deployment. Use --network and --deployment of that one`,
    );
    expect(() => parseGrant({}, "grant.json", DEPLOYMENT)).to.throw(
      UserError,
      "grant.json does not contain a signed grant. Name the file that `grant --sign` wrote",
    );
  });
});
