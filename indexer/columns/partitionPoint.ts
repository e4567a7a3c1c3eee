/** The first of so many rows of which something no longer holds, if it holds of none after one of which it does not. */
export function partitionPoint(rows: number, holds: (row: number) => boolean): number {
  let [low, high] = [0, rows];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
