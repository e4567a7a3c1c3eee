import type { Chain } from "../chain/chain.ts";
import { BATCH } from "../settlement/readGraph.ts";
import { readAssetsOf } from "./readAssetsOf.ts";

/** Reads the newest release of an asset from the ledger, from the newest of all releases back. */
export async function newestReleaseOf(chain: Chain, asset: number): Promise<number> {
  for (let last = Number(await chain.ledger.read.releaseCount()); last > asset; last -= BATCH) {
    const first = Math.max(asset + 1, last - BATCH + 1);
    const releases = Array.from({ length: last - first + 1 }, (_, i) => last - i);
    const assets = await readAssetsOf(chain, releases);
    const newest = releases.find((release) => assets.get(release) === asset);
    if (newest !== undefined) return newest;
  }
  return asset; // an asset has the id of its first release
}
