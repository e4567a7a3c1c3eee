import { expect } from "chai";
import { MaxUint256 } from "ethers";
import { registerAsset, releaseDraft } from "../support/economy/assets.ts";
import { ethers, load } from "../support/contracts/fixture.ts";
import { signGrant } from "../support/signing/signedGrants.ts";

const MOST = 64;
/** The most gas that a transaction may take (EIP-7825). */
const TRANSACTION_LIMIT = 16_777_216n;

describe("The most expensive call", function () {
  this.timeout(120_000);

  it("takes less than half of what a transaction may: a registration with the most of everything", async () => {
    const lineage = await load();
    const { registry, datasetOwner, stranger } = lineage;
    const weight = 10_000;
    const grandparents: bigint[] = [];
    while (grandparents.length < MOST) grandparents.push(await registerAsset(lineage, datasetOwner));
    const contributions = grandparents.map((release) => ({ release, weight }));
    const parents: bigint[] = [];
    while (parents.length < MOST) {
      parents.push(await registerAsset(lineage, datasetOwner, { contributions, byGrant: true }));
    }
    const grants = [];
    for (const release of parents) {
      const grant = { release, account: stranger.address, asset: 0n, nonce: 0n, deadline: MaxUint256 };
      grants.push(await signGrant(lineage, datasetOwner, grant));
    }
    const allocations = Array.from({ length: MOST }, (_, i) => ({
      account: ethers.Wallet.createRandom().address,
      role: 0,
      shares: i === 0 ? 100_000_000 - MOST + 1 : 1,
    }));
    const asset = { kind: 0, keep: 0, metadata: "x".repeat(8_192), allocations };
    const draft = {
      ...releaseDraft({ contributions: parents.map((release) => ({ release, weight })) }),
      label: "x".repeat(1_024),
      uri: "x".repeat(1_024),
    };
    const sent = await registry.connect(stranger).registerWithGrants(stranger, asset, draft, grants);
    const gas = (await sent.wait())?.gasUsed ?? 0n;
    console.log(`      ${gas.toLocaleString("en")} gas`);
    expect(gas < TRANSACTION_LIMIT / 2n).to.equal(true);
  });
});
