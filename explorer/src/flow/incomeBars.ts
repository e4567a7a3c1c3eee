import type { Schemas } from "../api/client.ts";
import { portion } from "../format/amount.ts";

/** Intervals over which income can be summed, in seconds. */
export const BUCKETS = [
  [60, "minute"],
  [3_600, "hour"],
  [86_400, "day"],
  [604_800, "week"],
  [2_592_000, "30 days"],
] as const;
/** Maximum number of bars while the reader has not chosen an interval. */
const MOST_BARS = 120;

/** Returns the shortest interval that gives at most {@link MOST_BARS} bars for a period in seconds. */
export const bucketFor = (period: number): number =>
  (BUCKETS.find(([seconds]) => period / seconds <= MOST_BARS) ?? BUCKETS[4])[0];

const WIDEST = 48;
const NARROWEST = 2;

interface IncomeBar {
  /** Seconds since 1970. */
  from: number;
  income: Schemas["Amount"];
  x: number;
  width: number;
  height: number;
}

export interface IncomeBars {
  width: number;
  bars: readonly IncomeBar[];
  /** Number of buckets from the first to the last, including those without income. */
  count: number;
  /** The largest income; of several equal ones the first. */
  largest: Schemas["Amount"] | undefined;
}

/** Lays out bars from left to right, each bucket at its place in time. The chart grows beyond `room` if the bars do not fit. */
export function incomeBars(
  buckets: readonly Pick<Schemas["IncomeBucket"], "from" | "income">[],
  bucket: number,
  room: number,
  height: number,
): IncomeBars {
  const first = buckets[0]?.from ?? 0;
  const last = buckets.at(-1)?.from ?? first;
  const count = Math.round((last - first) / bucket) + 1;
  const step = Math.max(NARROWEST, Math.min(WIDEST, room / count));
  const largest = buckets.reduce<Schemas["Amount"] | undefined>(
    (most, { income }) => (most && Number(most.amount) >= Number(income.amount) ? most : income),
    undefined,
  );
  return {
    width: Math.max(room, step * count),
    bars: buckets.map(({ from, income }) => ({
      from,
      income,
      x: ((from - first) / bucket) * step,
      width: Math.max(1, step - Math.min(3, step / 4)),
      height: Math.max(1, portion(income.amount, largest?.amount ?? "0") * height),
    })),
    count,
    largest,
  };
}
