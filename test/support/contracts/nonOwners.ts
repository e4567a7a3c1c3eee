import type { Signer } from "ethers";
import { expectRefused, type Lineage, MODEL } from "./fixture.ts";

/** Asserts that only the model's owner may make a call; not a shareholder, an approved account or the admin. */
export async function expectOwnerOnly(lineage: Lineage, call: (signer: Signer) => Promise<unknown>) {
  const { registry, modelOwner, datasetOwner, holder, admin, stranger, payer } = lineage;
  await registry.connect(modelOwner).setApprovalForAll(stranger, true);
  await registry.connect(modelOwner).approve(payer, MODEL);
  for (const caller of [stranger, payer, holder, datasetOwner, admin]) {
    await expectRefused(lineage, () => call(caller), [registry, "NotAssetOwner"], MODEL, caller);
  }
}
