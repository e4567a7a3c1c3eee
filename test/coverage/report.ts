import type { Probe } from "./addProbes.ts";

/**
 * A table of what was covered, file by file, and what was not, place by place. A line counts where a statement begins; it
 * is covered if every statement that begins there ran.
 *
 * @param hit The numbers of the probes that were hit.
 */
export function report(probes: Probe[], hit: ReadonlySet<number>): { text: string; missedCount: number } {
  const results = probes.map((probe, number) => ({ ...probe, covered: hit.has(number) }));
  const missed = results.filter(({ covered }) => !covered);
  const files = [...Map.groupBy(results, ({ file }) => file)].map(([file, ofFile]) => ({
    file,
    counts: countsOf(ofFile),
  }));
  const table = [
    { file: "", counts: ["lines", "statements", "branches"] },
    ...files,
    { file: "all", counts: countsOf(results) },
  ];
  const width = Math.max(...table.map(({ file }) => file.length));
  const rows = table.map(({ file, counts }) => file.padEnd(width) + counts.map((count) => count.padStart(12)).join(""));
  const places = missed.map(({ file, line, otherwise }) => `${file}:${line} ${otherwise}`);
  return { text: [...rows, "", ...places].join("\n").trimEnd(), missedCount: missed.length };
}

function countsOf(results: (Probe & { covered: boolean })[]): string[] {
  const statements = results.filter(({ kind }) => kind === "statement");
  const branches = results.filter(({ kind }) => kind === "branch");
  const lines = [...Map.groupBy(statements, ({ file, line }) => `${file}:${line}`).values()].map((onLine) => ({
    covered: onLine.every(({ covered }) => covered),
  }));
  return [lines, statements, branches].map((list) => `${list.filter(({ covered }) => covered).length}/${list.length}`);
}
