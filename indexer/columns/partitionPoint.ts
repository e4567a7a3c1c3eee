/**
 * Binary search: returns the first row for which `holds` is false, or `rows`. From that row on, it must be false for
 * all.
 */
export function partitionPoint(rows: number, holds: (row: number) => boolean): number {
  let [low, high] = [0, rows];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
