/** All of a fee, in parts per million. */
export const WHOLE_PPM = 1_000_000;
const WHOLE = BigInt(WHOLE_PPM);

/** The shares of every asset. */
export const TOTAL_SHARES = 100_000_000n;

/** The part of a cumulative total that a weight entitles to, rounded down: ⌊total · weight / 1e6⌋. */
export function portionDown(total: bigint, weightPpm: number): bigint {
  return (total * BigInt(weightPpm)) / WHOLE;
}

/** What a weight is entitled to at `to` beyond what it was at `from`: a difference of two floors. */
export function portionBetween(from: bigint, to: bigint, weightPpm: number): bigint {
  return portionDown(to, weightPpm) - portionDown(from, weightPpm);
}

/** The floor that an edge of this weight hands down from a release with this floor: ⌈floor · 1e6 / weight⌉, in ppm. */
export function inheritedFloorUp(floorPpm: number, weightPpm: number): number {
  return Math.ceil((floorPpm * WHOLE_PPM) / weightPpm);
}
