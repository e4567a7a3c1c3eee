import { WHOLE_PPM } from "./limits.ts";

const WHOLE = BigInt(WHOLE_PPM);

/** Largest total that is computed with numbers, which are exact up to here and much faster than bigints. */
const LARGEST_NUMBER = BigInt(Number.MAX_SAFE_INTEGER);

/** Computes the part of a cumulative total for a weight, rounded down: ⌊total · weight / 1e6⌋. */
export function portionDown(total: bigint, weightPpm: number): bigint {
  if (total <= LARGEST_NUMBER) return BigInt(portionOfNumber(Number(total), weightPpm));
  return (total * BigInt(weightPpm)) / WHOLE;
}

/** Computes the growth of a weight's part between the totals `from` and `to`: a difference of two floors. */
export function portionBetween(from: bigint, to: bigint, weightPpm: number): bigint {
  if (from <= LARGEST_NUMBER && to <= LARGEST_NUMBER) {
    return BigInt(portionOfNumber(Number(to), weightPpm) - portionOfNumber(Number(from), weightPpm));
  }
  return portionDown(to, weightPpm) - portionDown(from, weightPpm);
}

/** Multiplies whole millions and the rest apart, because the product of the total may not be exact. */
function portionOfNumber(total: number, weightPpm: number): number {
  let millions = Math.floor(total / WHOLE_PPM);
  if (millions * WHOLE_PPM > total) millions--; // the division was rounded up
  return millions * weightPpm + Math.floor(((total - millions * WHOLE_PPM) * weightPpm) / WHOLE_PPM);
}

/** Computes the floor that a release inherits over an edge, in ppm, rounded up: ⌈floor · 1e6 / weight⌉. */
export function inheritedFloorUp(floorPpm: number, weightPpm: number): number {
  return Math.ceil((floorPpm * WHOLE_PPM) / weightPpm);
}
