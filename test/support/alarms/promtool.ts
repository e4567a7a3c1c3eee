import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { stringify } from "yaml";

const run = promisify(execFile);
const PROMTOOL = "/usr/bin/promtool";
const INTERVAL_S = 60;

/** Returns the reason why Prometheus' own checker of rules cannot be used; undefined if it can. In CI it must be there. */
export function whyNoPromtool(): string | undefined {
  if (existsSync(PROMTOOL)) return undefined;
  const reason = "promtool is not installed: apt-get install prometheus";
  if (process.env.CI) throw new Error(reason);
  return reason;
}

/** A situation, as two pages of metrics that are a minute apart. The second one lasts, and its counters go on growing. */
export interface Situation {
  first: string;
  second: string;
  /** True: the times in the metrics stand still, as those of the last contact if nothing answers. */
  isSilent?: boolean;
  /** The alarms that fire after `forMinutes`. */
  fires: readonly string[];
  forMinutes: number;
}

/** Checks the syntax of a file of rules. */
export async function checkRules(rules: string): Promise<string> {
  return (await run(PROMTOOL, ["check", "rules", rules])).stdout;
}

/**
 * Lets Prometheus evaluate the rules over each situation, in a database and by a clock of its own.
 *
 * @throws if other alarms fire than those that are named.
 */
export async function testRules(rules: string, situations: readonly Situation[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tributary-alarms-"));
  const file = join(folder, "tests.yml");
  const tests = situations.map((situation) => ({
    interval: `${INTERVAL_S}s`,
    input_series: seriesOf(situation),
    promql_expr_test: [
      {
        expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
        eval_time: `${situation.forMinutes}m`,
        exp_samples: situation.fires.map((alertname) => ({ labels: `{alertname="${alertname}"}`, value: 1 })),
      },
    ],
  }));
  try {
    await writeFile(file, stringify({ rule_files: [rules], evaluation_interval: `${INTERVAL_S}s`, tests }));
    await run(PROMTOOL, ["test", "rules", file]);
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${stdout}${stderr}` || String(error), { cause: error });
  } finally {
    await rm(folder, { recursive: true });
  }
}

function seriesOf({ first, second, isSilent = false, forMinutes }: Situation): { series: string; values: string }[] {
  const before = valuesOf(first);
  const steps = (forMinutes * 60) / INTERVAL_S + 1;
  const startS = Date.now() / 1_000;
  return [...valuesOf(second)].map(([series, value]) => {
    const name = series.split("{")[0] ?? "";
    // Prometheus' clock begins at 0 in a test.
    const [from, step] = name.endsWith("_timestamp_seconds")
      ? [value - startS, isSilent ? 0 : INTERVAL_S]
      : /_(total|bucket|count|sum)$/.test(name)
        ? [value, value - (before.get(series) ?? 0)]
        : [value, 0];
    return { series, values: `${from}${step < 0 ? "-" : "+"}${Math.abs(step)}x${steps}` };
  });
}

/** Parses a page of metrics. Metrics of Node itself are left out. */
function valuesOf(page: string): Map<string, number> {
  const lines = page.matchAll(/^(tributary_\w+(?:\{.*\})?) (\S+)$/gm);
  return new Map(Array.from(lines, ([, series = "", value]) => [series, Number(value)]));
}
