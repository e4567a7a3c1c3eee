import { WHOLE_PPM } from "./limits.ts";

const WHOLE = BigInt(WHOLE_PPM);

/** Up to here a number is exact and much quicker than a bigint. */
const LARGEST_NUMBER = BigInt(Number.MAX_SAFE_INTEGER);

/** The part of a cumulative total that a weight entitles to, rounded down: ⌊total · weight / 1e6⌋. */
export function portionDown(total: bigint, weightPpm: number): bigint {
  if (total <= LARGEST_NUMBER) return BigInt(portionOfNumber(Number(total), weightPpm));
  return (total * BigInt(weightPpm)) / WHOLE;
}

/** What a weight is entitled to at `to` beyond what it was at `from`: a difference of two floors. */
export function portionBetween(from: bigint, to: bigint, weightPpm: number): bigint {
  if (from <= LARGEST_NUMBER && to <= LARGEST_NUMBER) {
    return BigInt(portionOfNumber(Number(to), weightPpm) - portionOfNumber(Number(from), weightPpm));
  }
  return portionDown(to, weightPpm) - portionDown(from, weightPpm);
}

/** Whole millions and the rest apart, since their products are exact where the total's would not be. */
function portionOfNumber(total: number, weightPpm: number): number {
  let millions = Math.floor(total / WHOLE_PPM);
  if (millions * WHOLE_PPM > total) millions--; // the division was rounded up
  return millions * weightPpm + Math.floor(((total - millions * WHOLE_PPM) * weightPpm) / WHOLE_PPM);
}

/** The floor that an edge of this weight hands down from a release with this floor: ⌈floor · 1e6 / weight⌉, in ppm. */
export function inheritedFloorUp(floorPpm: number, weightPpm: number): number {
  return Math.ceil((floorPpm * WHOLE_PPM) / weightPpm);
}
