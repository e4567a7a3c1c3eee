// Measures the API over a graph of a million releases: many concurrent clients, and a small question while the largest
// runs.
import { fork } from "node:child_process";
import { Agent, get } from "node:http";
import { join } from "node:path";
import { quantile, report } from "./figure.ts";
import type { GraphServed } from "./support/graphServer.ts";

const CLIENTS = 50;
const REQUESTS = 500;
const SMALL_REQUESTS = 300;
/** The median time of a small question while the largest runs, in units of its time alone. */
const GOAL = { most: 3 };

const child = fork(join(import.meta.dirname, "support/graphServer.ts"), { execArgv: ["--max-old-space-size=8192"] });
const served = await new Promise<GraphServed>((resolve, reject) => {
  child.once("message", resolve);
  child.once("exit", (exitCode) => reject(new Error(`The server ended with ${exitCode}.`)));
});
const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS + 2 });
const { random, small, largest, newestFees } = served;
let refused = 0;
const lineageOf = (release: number) => `/releases/${release}/lineage`;
const weightsOf = (release: number) => `/releases/${release}/weights`;

for (const path of [lineageOf(largest), weightsOf(largest), weightsOf(small)]) await ask(path);
const lone = await smallOnes();
const stop = { asked: false };
const busy = askUntil(stop, weightsOf(largest));
const besideLargest = await smallOnes();
stop.asked = true;
await busy;
for (const [label, part] of [
  ["p50", 0.5],
  ["p99", 0.99],
] as const) {
  const [alone, beside] = [quantile(lone, part), quantile(besideLargest, part)];
  report({ name: `HTTP: a small question alone, ${label}`, value: alone, unit: "ms" });
  const ratio = beside / alone;
  const name = `HTTP: the same beside the largest, ${label}`;
  report({ name, value: beside, unit: "ms", ratio, ...(label === "p50" && { goal: GOAL }) });
}
for (const [kind, paths] of [
  ["lineage", random.map(lineageOf)],
  ["effective weights", random.map(weightsOf)],
  ["trace of a newest fee", newestFees.map((id) => `/fees/${id}/trace`)],
] as const) {
  const times = await manyAtOnce(paths);
  report({ name: `HTTP, ${CLIENTS} clients: ${kind}, p50`, value: quantile(times, 0.5), unit: "ms" });
  report({ name: `HTTP, ${CLIENTS} clients: ${kind}, p99`, value: quantile(times, 0.99), unit: "ms" });
}
report({
  name: `HTTP, ${CLIENTS} clients: refused, since they would have taken too long`,
  value: refused,
  unit: "answers",
  ratio: refused / (3 * REQUESTS),
  goal: { most: 0 },
});
agent.destroy();
child.disconnect();

async function smallOnes(): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < SMALL_REQUESTS; i++) times.push(await ask(weightsOf(small)));
  return times;
}

async function askUntil(end: { asked: boolean }, path: string): Promise<void> {
  while (!end.asked) await ask(path);
}

async function manyAtOnce(paths: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const client = async () => {
    while (next < REQUESTS) times.push(await ask(paths[next++ % paths.length] ?? ""));
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return times;
}

/** Returns the time of the whole answer. Counts answers that were refused because they take too long. */
function ask(path: string): Promise<number> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    get(`${served.url}${path}`, { agent }, (response) => {
      if (response.statusCode === 503) refused++;
      else if (response.statusCode !== 200) reject(new Error(`${path} was answered with ${response.statusCode}.`));
      response.resume();
      response.once("end", () => resolve(performance.now() - start));
    }).once("error", reject);
  });
}
