import { expect } from "chai";
import { MaxUint256 } from "ethers";
import { deployTributary } from "../../scripts/deploy/deployTributary.ts";
import { ethers, load } from "../support/contracts/fixture.ts";
import { digestOf, grantFor } from "../support/signing/signedGrants.ts";

describe("AssetRegistry.grantDigest", () => {
  it("is what a wallet signs, by EIP-712", async () => {
    const lineage = await load();
    const { registry, stranger } = lineage;
    for (const grant of [
      grantFor(0n, { deadline: 0n }),
      grantFor(1n, { account: stranger.address, nonce: 7n, deadline: 1_800_000_000n }),
      grantFor(2n ** 40n - 1n, { asset: 2n ** 40n - 1n, nonce: MaxUint256 }),
    ]) {
      expect(await registry.grantDigest(grant)).to.equal(await digestOf(lineage, grant));
    }
  });

  it("differs from grant to grant and from registry to registry", async () => {
    const { registry, admin, commons, stranger, holder, dollar } = await load();
    const other = await deployTributary(ethers, { admin, commonsBeneficiary: commons, currencies: [dollar] });
    const grant = grantFor(1n, { account: stranger.address, asset: 2n });
    const digests = await Promise.all([
      registry.grantDigest(grant),
      registry.grantDigest({ ...grant, release: 2n }),
      registry.grantDigest({ ...grant, account: holder.address }),
      registry.grantDigest({ ...grant, asset: 1n }),
      registry.grantDigest({ ...grant, nonce: 1n }),
      registry.grantDigest({ ...grant, deadline: 1n }),
      other.registry.grantDigest(grant),
    ]);
    expect(new Set(digests).size).to.equal(7);
  });
});
