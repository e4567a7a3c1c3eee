// Measures the plan of an import, with the matching of all names: a lineage of 60,000 assets against one of 6,000, in one
// process. The ratio is that of the processor time per asset. Fails if a goal is missed.
//
//   node test/bench/plan.ts                  prints the figures
//   node test/bench/plan.ts --json FILE      also writes [{name, value, unit, ratio?, goal?}]
import { writeFile } from "node:fs/promises";
import { programOptions } from "#node/programOptions.ts";
import { seededRandom } from "#node/seededRandom.ts";
import { type Lineage, parseLineage } from "#protocol/lineage.ts";
import { matchNames } from "../../scripts/import/matchNames.ts";
import { planImport } from "../../scripts/import/planImport.ts";
import { type Figure, HEADINGS, isMissed, tableRow } from "./figure.ts";

const [SMALL, LARGE] = [6_000, 60_000];
const ROUNDS = 3;
/** A linear plan has 1. Larger maps, which the processor's cache does not hold, cost up to twice as much per look. */
const GOAL = { most: 2.5 };

const { values: options } = programOptions("node test/bench/plan.ts [--json FILE]", {
  options: { json: { type: "string" } },
});
const [small, large] = [syntheticLineage(SMALL), syntheticLineage(LARGE)];
processorMs(small); // compiles
const times = Array.from({ length: ROUNDS }, () => [processorMs(small), processorMs(large)] as const);
const [smallMs, largeMs] = [Math.min(...times.map(([ms]) => ms)), Math.min(...times.map(([, ms]) => ms))];
const figures: Figure[] = [
  { name: `plan of ${SMALL.toLocaleString("en")} assets`, value: smallMs, unit: "ms" },
  {
    name: `plan of ${LARGE.toLocaleString("en")} assets, 270,000 dependencies`,
    value: largeMs,
    unit: "ms",
    ratio: largeMs / LARGE / (smallMs / SMALL),
    goal: GOAL,
  },
];
console.log(HEADINGS);
for (const figure of figures) console.log(tableRow(figure));
if (options.json) await writeFile(options.json, `${JSON.stringify(figures, null, 2)}\n`);
process.exitCode = figures.some(isMissed) ? 1 : 0;

function processorMs(lineage: Lineage): number {
  const before = process.cpuUsage();
  const { resolution } = matchNames({
    lineage,
    decisions: new Map(),
    registered: new Map(),
    account: "0x",
    placeholderKind: "dataset",
    confirmedBlock: 0,
  });
  planImport(lineage, undefined, resolution);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Makes a lineage of which a hundredth of the dependencies has no entry, and is like one. */
function syntheticLineage(count: number): Lineage {
  const random = seededRandom(1);
  const nameOf = (i: number) => `org-${i % 977}/Model-${i}-instruct`;
  const dependency = (i: number) =>
    random.between(0, 99) === 0 ? `Modle-${random.between(0, i)}-instruct` : nameOf(random.between(0, i));
  const assets = Array.from({ length: count }, (_, i) => ({
    name: nameOf(i),
    kind: "model",
    organization: "Acme",
    dependsOn: [...new Set(Array.from({ length: Math.min(i, 4 + (i % 2)) }, () => dependency(i)))],
  }));
  return parseLineage({ assets });
}
