import { deployPeriphery } from "../../../scripts/deploy/deployPeriphery.ts";
import { ethers, type Lineage, load } from "./fixture.ts";

/** What stands around a lineage's ledger, beside the lineage. */
export const surround = async (lineage: Lineage) => ({
  ...lineage,
  ...(await deployPeriphery(ethers, lineage.ledger)),
});

export const loadPeriphery = async () => surround(await load());
