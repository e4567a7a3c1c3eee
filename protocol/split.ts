import { WHOLE_PPM } from "./limits.ts";

const WHOLE = BigInt(WHOLE_PPM);

/** Up to here a number is exact, and much faster than a bigint. */
const LARGEST_NUMBER = BigInt(Number.MAX_SAFE_INTEGER);

/** Computes the part of a cumulative total that a weight entitles to, rounded down: ⌊total · weight / 1e6⌋. */
export function portionDown(total: bigint, weightPpm: number): bigint {
  if (total <= LARGEST_NUMBER) return BigInt(portionOfNumber(Number(total), weightPpm));
  return (total * BigInt(weightPpm)) / WHOLE;
}

/** Computes how much more a weight entitles to at the total `to` than at `from`: a difference of two floors. */
export function portionBetween(from: bigint, to: bigint, weightPpm: number): bigint {
  if (from <= LARGEST_NUMBER && to <= LARGEST_NUMBER) {
    return BigInt(portionOfNumber(Number(to), weightPpm) - portionOfNumber(Number(from), weightPpm));
  }
  return portionDown(to, weightPpm) - portionDown(from, weightPpm);
}

/** Multiplies whole millions and the rest apart: their products are exact where the total's would not be. */
function portionOfNumber(total: number, weightPpm: number): number {
  let millions = Math.floor(total / WHOLE_PPM);
  if (millions * WHOLE_PPM > total) millions--; // the division was rounded up
  return millions * weightPpm + Math.floor(((total - millions * WHOLE_PPM) * weightPpm) / WHOLE_PPM);
}

/** Computes the floor that an edge hands down, in ppm, rounded up: ⌈floor · 1e6 / weight⌉. */
export function inheritedFloorUp(floorPpm: number, weightPpm: number): number {
  return Math.ceil((floorPpm * WHOLE_PPM) / weightPpm);
}
