import { deployPeriphery } from "../../../scripts/deploy/deployPeriphery.ts";
import { ethers, type Lineage, load } from "./fixture.ts";

/** Deploys a lineage with the contracts around its ledger. */
export const surround = async (lineage: Lineage) => ({
  ...lineage,
  ...(await deployPeriphery(ethers, lineage.ledger)),
});

export const loadPeriphery = async () => surround(await load());
