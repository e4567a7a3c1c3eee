import { expect } from "chai";
import { ZeroHash } from "ethers";
import { load } from "../support/contracts/fixture.ts";

describe("AssetRegistry.eip712Domain", () => {
  it("tells wallets what a signed grant is for: this contract on this chain", async () => {
    const { registry } = await load();
    // Bits 0 to 3: name, version, chain and contract are part of the domain; no salt, no extensions (ERC-5267).
    expect([...(await registry.eip712Domain())]).to.deep.equal([
      "0x0f",
      "Tributary",
      "1",
      31_337n,
      await registry.getAddress(),
      ZeroHash,
      [],
    ]);
  });
});
