// Measures the time from mining a block until the API answers for it.
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer } from "../../indexer/api/createServer.ts";
import { Indexer } from "../../indexer/live/indexer.ts";
import { quantile, report } from "./figure.ts";
import { startBusyChain } from "./support/busyChain.ts";

const BLOCKS = 200;
const FEES_A_BLOCK = 20;
const POLLING_MS = 100;

const chain = await startBusyChain(2_000, () => undefined);
const folder = await mkdtemp(join(tmpdir(), "tributary-bench-"));
const indexer = await Indexer.start({
  rpcUrl: chain.url,
  target: { folder },
  source: chain.source,
  pollingIntervalMs: POLLING_MS,
});
const api = await createServer(indexer);
try {
  await api.listen({ host: "127.0.0.1", port: 0 });
  const { port } = api.server.address() as AddressInfo;
  await indexer.waitForBlock(chain.head);
  const times: number[] = [];
  for (let i = 0; i < BLOCKS; i++) {
    const block = await chain.pay(FEES_A_BLOCK);
    const mined = performance.now();
    while ((await servedBlock(port)) < block) await new Promise((resolve) => setTimeout(resolve, 2));
    times.push(performance.now() - mined);
  }
  const how = `a block of ${FEES_A_BLOCK} fees in the API, polled each ${POLLING_MS} ms`;
  report({ name: `${how}, p50`, value: quantile(times, 0.5), unit: "ms" });
  report({ name: `${how}, p99`, value: quantile(times, 0.99), unit: "ms" });
} finally {
  await api.close();
  await indexer.stop();
  chain.close();
  await rm(folder, { recursive: true });
}

async function servedBlock(port: number): Promise<bigint> {
  const answer = await fetch(`http://127.0.0.1:${port}/v1/currencies`);
  const { block } = (await answer.json()) as { block: { number: string } };
  return BigInt(block.number);
}
