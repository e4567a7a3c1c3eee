import type { LedgerState } from "../../ledger/state.ts";
import { STEPS_A_TURN, type Walk } from "../../scheduling/walk.ts";

/**
 * The organization behind an asset: the one that its metadata declares, or the asset itself if it declares none.
 */
export type Organization = { organization: string } | { asset: number };

/** Organizations, numbered in the order of their first assets. */
export interface Organizations {
  list: Organization[];
  /** The number of the asset's organization, by the asset's row. */
  ofAsset: Uint32Array;
}

/** Lists all organizations, and assigns each asset to one. */
export function* organizationsOf({ assets }: LedgerState): Walk<Organizations> {
  const list: Organization[] = [];
  const ofAsset = new Uint32Array(assets.size);
  const numbers = new Map<string, number>();
  for (let row = 0; row < assets.size; row++) {
    if (row % STEPS_A_TURN === STEPS_A_TURN - 1) yield;
    const organization = assets.organization.get(row);
    const number = organization === undefined ? undefined : numbers.get(organization);
    ofAsset[row] = number ?? list.length;
    if (number !== undefined) continue;
    if (organization !== undefined) numbers.set(organization, list.length);
    list.push(organization === undefined ? { asset: assets.id.get(row) } : { organization });
  }
  return { list, ofAsset };
}
