import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import fastify from "fastify";
import { zeroAddress, zeroHash } from "viem";
import { applyPeripheryEvent } from "../../indexer/books/periphery/applyEvent.ts";
import { peripheryFold } from "../../indexer/books/periphery/fold.ts";
import { IndexerMetrics } from "../../indexer/service/metrics.ts";
import { Economy } from "../support/economy/economy.ts";
import { statesOf, viewSourceOf } from "../support/indexer/viewSource.ts";

const ROOT = join(import.meta.dirname, "../..");

describe("the alarms of the run book", () => {
  it("tell of what is scheduled in the timelock, and of what anyone can execute", async () => {
    const economy = new Economy();
    const states = statesOf(economy.state);
    const source = viewSourceOf(economy.state, 5n);
    const view = source.view();
    if (!view) throw new Error("There is a view.");
    const metrics = new IndexerMetrics();
    const indexer = { ...source, view: () => ({ ...view, states }), block: view.block, endpoints: [] };
    metrics.watch(indexer as unknown as Parameters<IndexerMetrics["watch"]>[0]);
    const server = fastify();
    metrics.addTo(server);
    const figures = async () =>
      Array.from(
        (await server.inject("/metrics")).body.matchAll(/^(tributary_timelock_\w+)\{.*\} (\d+)$/gm),
        ([, name, value]) => [name, Number(value)],
      );
    const waiting = (count: number) => ["tributary_timelock_waiting_calls", count];
    const ready = (count: number) => ["tributary_timelock_ready_calls", count];
    expect(await figures()).to.deep.equal([waiting(0), ready(0)]);
    const schedule = (index: bigint, delay: bigint) =>
      applyPeripheryEvent(
        states.of(peripheryFold),
        {
          contract: "timelock",
          eventName: "CallScheduled",
          args: { id: zeroHash, index, target: zeroAddress, value: 0n, data: "0x", predecessor: zeroHash, delay },
        },
        { blockNumber: 2n, logIndex: 0, timestamp: 24, transactionHash: zeroHash },
      );
    schedule(0n, 10_000n);
    schedule(1n, 1n);
    expect(await figures()).to.deep.equal([waiting(1), ready(1)]);
    const rules = await readFile(join(ROOT, "operations/prometheus-rules.yml"), "utf8");
    for (const [alarm, metric] of [
      ["TributaryScheduled", "waiting"],
      ["TributaryExecutable", "ready"],
    ]) {
      expect(rules).to.match(new RegExp(`alert: ${alarm}\\n +expr: .*tributary_timelock_${metric}_calls\\) > 0`));
    }
  });

  it("are about metrics that there are, and each says what to do", async () => {
    const rules = await readFile(join(ROOT, "operations/prometheus-rules.yml"), "utf8");
    const page = await readFile(join(ROOT, "docs/run-book.md"), "utf8");
    const watched = await readFile(join(ROOT, "docs/indexer.md"), "utf8");
    const metrics = Array.from(rules.matchAll(/\btributary_\w+/g), ([name]) => name.replace(/_(bucket|count)$/, ""));
    expect(metrics.length).to.be.greaterThan(8);
    for (const name of metrics.filter((each) => each !== "tributary_requests")) expect(watched).to.contain(name);
    for (const [, alert = ""] of rules.matchAll(/alert: (\w+)/g)) expect(page).to.contain(`\`${alert}\``);
  });
});
