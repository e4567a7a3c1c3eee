import { expect } from "chai";
import type { FastifyInstance } from "fastify";
import { emptyGraph, graphOf, pay, USD } from "../../test/support/economy/graphs.ts";
import { hashOf, viewSourceOf } from "../../test/support/indexer/viewSource.ts";
import type { BlockUpdate, RecordedEvent } from "../live/view.ts";
import { createServer } from "./createServer.ts";

const blockAt = (number: bigint, fork = 0) => ({ number, hash: hashOf(number, fork), timestamp: Number(number) });

const feePaid = (blockNumber: bigint): RecordedEvent => ({
  event: {
    contract: "ledger",
    eventName: "FeePaid",
    args: { release: 1, currency: USD, payer: USD, amount: 7n, ref: hashOf(1n), source: USD },
  },
  position: { blockNumber, logIndex: 3, timestamp: 9, transactionHash: hashOf(2n) },
});

describe("live events", () => {
  const state = graphOf({}, 1);
  pay(state, 1, 7n);
  let source: ReturnType<typeof viewSourceOf>;
  let server: FastifyInstance;
  let base: string;

  beforeEach(async () => {
    source = viewSourceOf(state);
    server = await createServer(source, { heartbeatMs: 20 });
    base = await server.listen({ port: 0, host: "127.0.0.1" });
  });
  afterEach(() => server.close());

  /** Listens until a text has arrived, and returns everything that arrived. */
  async function listen(
    until: string,
    { query = "", last }: { query?: string; last?: string } = {},
    meanwhile = () => {},
  ) {
    const stop = new AbortController();
    const response = await fetch(`${base}/v1/events${query}`, {
      signal: stop.signal,
      ...(last !== undefined && { headers: { "last-event-id": last } }),
    });
    expect(response.headers.get("content-type")).to.equal("text/event-stream");
    expect(response.headers.get("access-control-allow-origin")).to.equal("*");
    meanwhile();
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (text.includes(until)) break;
    }
    stop.abort();
    return text;
  }

  const block6: BlockUpdate = { block: blockAt(6n), events: [feePaid(6n)] };
  const idOf = ({ block }: BlockUpdate) => `${block.number}-${block.hash}`;

  it("sends fees and blocks when they are indexed, with the block as id", async () => {
    const text = await listen(idOf(block6), {}, () => source.apply(block6));
    const fee = JSON.parse(/event: fee\ndata: (.*)\n/.exec(text)?.[1] ?? "") as Record<string, unknown>;
    expect(fee).to.deep.include({ id: "6-3", release: 1, assetName: "asset 1" });
    expect(fee.amount).to.deep.equal({ amount: "7", currency: { address: USD, symbol: "USD", decimals: 6 } });
    expect(text).to.match(/event: fee\n[^]*event: block\ndata: .*"number":"6"[^]*id: 6-0x/);
  });

  it("sends only the requested types", async () => {
    const text = await listen(idOf(block6), { query: "?types=block" }, () => source.apply(block6));
    expect(text).to.contain("event: block").and.not.contain("event: fee");
  });

  it("sends heartbeats", async () => {
    expect(await listen(": still here")).to.contain(": listening");
  });

  it("sends missed events, reorgs included, to a client that reconnects", async () => {
    const back: BlockUpdate = { block: blockAt(5n), reorgedFrom: block6.block, events: [] };
    const other: BlockUpdate = { block: blockAt(6n, 1), events: [] };
    for (const update of [block6, back, other]) source.apply(update);
    const missed = await listen(idOf(other), { last: idOf(block6) });
    expect(missed.match(/event: \w+/g)).to.deep.equal(["event: reorg", "event: block"]);
    const quiet = (told: string) => told.replaceAll(": still here\n\n", "");
    expect(quiet(await listen(idOf(other), { last: "6" }))).to.equal(quiet(missed));
    expect(await listen(": still here", { last: idOf(other) })).to.not.contain("event:");
  });

  it("sends `missed` to a client that was away for too long", async () => {
    expect(await listen("event: missed", { last: "1", query: "?types=fee" })).to.contain('"number":"5"');
  });

  it("refuses unknown types and malformed ids", async () => {
    expect((await fetch(`${base}/v1/events?types=fees`)).status).to.equal(400);
    expect((await fetch(`${base}/v1/events`, { headers: { "last-event-id": "yesterday" } })).status).to.equal(400);
  });

  it("disconnects a client that does not read, and forgets one that has left", async () => {
    const events = Array.from({ length: 3_000 }, () => feePaid(7n));
    const response = await fetch(`${base}/v1/events`);
    for (let i = 0; i < 12; i++) source.apply({ block: blockAt(7n + BigInt(i)), events });
    let ended = false;
    try {
      for await (const chunk of response.body ?? []) void chunk;
      ended = true;
    } catch {
      ended = true;
    }
    expect(ended).to.equal(true);
    await server.close();
    expect(source.listeners.size).to.equal(0);
  });

  it("is not ready before the first block", async () => {
    const nothing = viewSourceOf(emptyGraph());
    nothing.forget();
    const other = await createServer(nothing);
    expect((await other.inject("/v1/events")).statusCode).to.equal(503);
    await other.close();
  });
});
