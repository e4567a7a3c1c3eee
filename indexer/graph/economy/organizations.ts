import type { LedgerState } from "../../ledger/state.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

/**
 * The organization behind an asset: the one that its metadata names, in the registrant's own words, or the asset itself
 * where they name none.
 */
export type Organization = { organization: string } | { asset: number };

/** Organizations, numbered in the order of their first assets. */
export interface Organizations {
  list: Organization[];
  /** The number of the organization, by the asset's row. */
  ofAsset: Uint32Array;
}

export function* organizationsOf({ assets }: LedgerState): Walk<Organizations> {
  const list: Organization[] = [];
  const ofAsset = new Uint32Array(assets.size);
  const numbers = new Map<string, number>();
  for (let row = 0; row < assets.size; row++) {
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const organization = assets.organization.get(row);
    const known = organization === undefined ? undefined : numbers.get(organization);
    ofAsset[row] = known ?? list.length;
    if (known !== undefined) continue;
    if (organization !== undefined) numbers.set(organization, list.length);
    list.push(organization === undefined ? { asset: assets.id.get(row) } : { organization });
  }
  return { list, ofAsset };
}
