import { styleText } from "node:util";

export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** The ratio to the comparison that was measured in the same run. */
  ratio?: number;
  goal?: Goal;
}

/** The bounds of the ratio. */
export interface Goal {
  least?: number;
  most?: number;
}

/** Sends a figure to the process that runs the parts, or prints it if a part runs alone. */
export function report(figure: Figure): void {
  if (process.send) process.send(figure);
  else console.log(tableRow(figure));
}

export const HEADINGS = `${"work".padEnd(64)}${"figure".padStart(12)} ${"unit".padEnd(12)}${"ratio".padStart(8)}  goal`;

export function tableRow(figure: Figure): string {
  const { name, value, unit, ratio, goal } = figure;
  const columns = [name.padEnd(64), short(value).padStart(12), " ", unit.padEnd(12)];
  columns.push((ratio === undefined ? "" : ratio.toFixed(2)).padStart(8));
  if (goal) {
    const verdict = isMissed(figure) ? styleText("red", "MISSED") : styleText("green", "ok");
    columns.push(`  ${goal.least === undefined ? `≤ ${goal.most}` : `≥ ${short(goal.least)}`} ${verdict}`);
  }
  return columns.join("").trimEnd();
}

export const isMissed = ({ ratio, goal }: Figure) =>
  goal !== undefined &&
  !(ratio !== undefined && ratio >= (goal.least ?? -Infinity) && ratio <= (goal.most ?? Infinity));

const short = (value: number) =>
  value.toLocaleString("en", value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });

/** Returns the value that this part of the samples does not exceed. */
export function quantile(samples: readonly number[], part: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? NaN;
}

export function milliseconds<T>(work: () => T): [result: T, ms: number] {
  const start = performance.now();
  const result = work();
  return [result, performance.now() - start];
}
