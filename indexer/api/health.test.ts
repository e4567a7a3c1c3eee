import { expect } from "chai";
import { emptyGraph } from "../../test/support/economy/graphs.ts";
import { viewSourceOf } from "../../test/support/indexer/viewSource.ts";
import type { ViewSource } from "../live/view.ts";
import { createServer, type CreateServerOptions } from "./createServer.ts";

interface Readiness {
  ready: boolean;
  chains: { ready: boolean; behind: string | null; age: number | null }[];
}

/** Makes a source that is this many blocks behind the head and whose newest block has this age in seconds. */
function sourceOf(headFrom: "chain" | "store", secondsAgo: number, missing = 0n) {
  const given = viewSourceOf(emptyGraph());
  const [view, { health }] = [given.view(), given];
  if (view) view.block.timestamp = Math.floor(Date.now() / 1_000) - secondsAgo;
  return { ...given, view: () => view, health: { ...health, head: health.head + missing, headFrom } };
}

async function readiness(source: ViewSource, options?: CreateServerOptions) {
  const server = await createServer(source, options);
  const response = await server.inject("/health/ready");
  const health = (await server.inject("/health")).json<{ headFrom: string }>();
  await server.close();
  const { ready, chains } = response.json<Readiness>();
  expect([response.statusCode, chains[0]?.ready]).to.deep.equal([ready ? 200 : 503, ready]);
  return { ...health, ...chains[0] };
}

describe("readiness", () => {
  it("means being near the head, whatever its age, if a node reports the head", async () => {
    expect(await readiness(sourceOf("chain", 86_400, 10n))).to.deep.include({ ready: true, behind: "10" });
    expect(await readiness(sourceOf("chain", 0, 11n))).to.deep.include({ ready: false, behind: "11" });
    expect((await readiness(sourceOf("chain", 0, 11n), { readyWithin: 11n })).ready).to.equal(true);
  });

  it("depends on the age of the newest block without a node, since the writer may have stopped", async () => {
    const young = await readiness(sourceOf("store", 500));
    expect(young).to.deep.include({ headFrom: "store", ready: true, behind: null });
    expect(young.age).to.be.within(500, 520);
    expect((await readiness(sourceOf("store", 601))).ready).to.equal(false);
    expect((await readiness(sourceOf("store", 0, 11n))).ready).to.equal(false);
  });

  it("uses the given limit of age", async () => {
    expect((await readiness(sourceOf("store", 601), { readyAgeMs: 0 })).ready).to.equal(true);
    expect((await readiness(sourceOf("store", 601), { readyAgeMs: 900_000 })).ready).to.equal(true);
    expect((await readiness(sourceOf("chain", 61), { readyAgeMs: 60_000 })).ready).to.equal(false);
  });
});
