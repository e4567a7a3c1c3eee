import type { HDNodeWallet } from "ethers";
import { localAccount, LocalOwners, PLACEHOLDERS } from "../import/owners.ts";
import type { ImportEntry, ImportPlan } from "../import/planImport.ts";

/** The accounts of a first run that a person acts as. The node signs as each of them, and a wallet can import the keys. */
export interface People {
  /** Owns the featured asset, and the others of its organization. */
  owner: HDNodeWallet;
  /** Has play money. */
  payer: HDNodeWallet;
  /** Owns nothing, and has native money for gas. */
  newcomer: HDNodeWallet;
}

/** Indexes of accounts that a development node funds and signs as. The ones before them deploy and pay. */
const INDEXES = { owner: 8, payer: 9, newcomer: 10 };

export const choosePeople = (): People => ({
  owner: localAccount(INDEXES.owner),
  payer: localAccount(INDEXES.payer),
  newcomer: localAccount(INDEXES.newcomer),
});

/** The asset whose owner is one of the {@link People}. */
const FEATURED = "Llama 3";

/** Returns the index, in a plan, of the newest release of the asset that the printed commands are about. */
export function featuredIn(plan: ImportPlan): number {
  const isModel = ({ asset }: ImportEntry) => asset.kind === "model" && !asset.placeholder;
  const named = plan.findLastIndex(({ asset }) => asset.name === FEATURED);
  return named >= 0 ? named : Math.max(0, plan.findLastIndex(isModel));
}

/** Returns the owners of a plan's assets. The owner among the people has the featured asset. */
export function ownersOf(plan: ImportPlan, { owner }: People): LocalOwners {
  const { organization = PLACEHOLDERS } = plan[featuredIn(plan)]?.asset ?? {};
  return new LocalOwners([[organization, owner]]);
}
