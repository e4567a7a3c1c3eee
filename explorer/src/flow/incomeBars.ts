import type { Schemas } from "../api/client.ts";
import { portion } from "../format/amount.ts";

/** Lengths of time that income can be summed over, in seconds. */
export const BUCKETS = [
  [60, "minute"],
  [3_600, "hour"],
  [86_400, "day"],
  [604_800, "week"],
  [2_592_000, "30 days"],
] as const;
/** Most bars of a chart whose bucket nobody has chosen. */
const MOST_BARS = 120;

/** Returns the shortest bucket that gives few enough bars for a period of some seconds. */
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
  /** Buckets from the first to the last, those without income included. */
  count: number;
  /** The first of the largest incomes. */
  largest: Schemas["Amount"] | undefined;
}

/** Lays out bars from left to right, where each bucket has its place. Bars that do not fit `room` make it wider. */
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
