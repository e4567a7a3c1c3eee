import { expect } from "chai";
import { emptyGraph } from "../../test/support/economy/graphs.ts";
import { viewSourceOf } from "../../test/support/indexer/viewSource.ts";
import type { Health, ViewSource } from "../live/view.ts";
import { createServer, type CreateServerOptions } from "./createServer.ts";

interface Readiness {
  ready: boolean;
  chains: { ready: boolean; reasons: string[]; behind: string | null; age: number | null }[];
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
  const health = (await server.inject("/health")).json<{ headFrom: string; status: string }>();
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

describe("the truth of health", () => {
  const problem = {
    code: "stuck" as const,
    endpoints: [],
    message: "Block 6 was seen, but nothing has been indexed for 20 seconds.",
    stops: true,
    since: new Date("2026-01-01T00:00:00Z"),
  };
  const changed = (health: Partial<Health>, missing = 0n) => {
    const source = sourceOf("chain", 0, missing);
    return { ...source, health: { ...source.health, ...health } };
  };

  it("is not ready once no node has answered for long, or a block that was seen has waited for long", async () => {
    expect((await readiness(changed({ silentMs: 59_000, waitingMs: 119_000 }, 1n))).ready).to.equal(true);
    const silent = await readiness(changed({ silentMs: 61_000, problems: [problem] }));
    expect([silent.ready, silent.reasons]).to.deep.equal([
      false,
      ["There was no answer from any node for 61 seconds.", problem.message],
    ]);
    const waiting = await readiness(changed({ waitingMs: 121_000 }, 1n));
    expect([waiting.ready, waiting.reasons]).to.deep.equal([
      false,
      ["A block of the chain has waited for 121 seconds to be indexed."],
    ]);
    const reader = await readiness(changed({ silentMs: 61_000, completeness: undefined }));
    expect(reader.reasons).to.deep.equal(["There was no answer from the store for 61 seconds."]);
  });

  it("uses the given limits of contact and append", async () => {
    const late = changed({ silentMs: 90_000, waitingMs: 190_000 }, 1n);
    expect((await readiness(late, { readyContactMs: 0, readyAppendMs: 0 })).ready).to.equal(true);
    expect((await readiness(late, { readyContactMs: 100_000, readyAppendMs: 200_000 })).ready).to.equal(true);
    expect((await readiness(late, { readyContactMs: 100_000, readyAppendMs: 180_000 })).ready).to.equal(false);
  });

  it("stays ready on an idle chain whose node answers, however old the newest block is", async () => {
    const { source } = sourceOf("chain", 86_400);
    const idle = { ...sourceOf("chain", 86_400), source };
    expect(await readiness(idle)).to.deep.include({ ready: true, status: "ready", problems: [], reasons: [] });
  });

  it("names what stops the indexer, and shows nodes by their hosts only", async () => {
    const endpoint = { name: "one.example", head: 6n, lastError: "HTTP 503", requests: 3, errors: 1, restMs: 0 };
    const lastAppend = new Date("2026-01-01T00:00:00Z");
    const health = await readiness(
      changed({ problems: [problem], endpoints: [{ ...endpoint, state: "resting" }], lastAppend }, 1n),
    );
    expect(health).to.deep.include({
      status: "stuck",
      completeness: "blooms",
      lastAppend: "2026-01-01T00:00:00.000Z",
      problems: [{ ...problem, since: "2026-01-01T00:00:00.000Z" }],
      endpoints: [{ name: "one.example", state: "resting", head: "6", lastError: "HTTP 503" }],
    });
    const harmless = await readiness(changed({ problems: [{ ...problem, stops: false }] }));
    expect([harmless.status, harmless.ready]).to.deep.equal(["ready", true]);
  });
});
