import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { expect } from "chai";
import type { FastifyInstance } from "fastify";
import { type Hex, sha256, stringToHex } from "viem";
import { createLog } from "#node/log.ts";
import { itAtLength } from "../../test/support/atLength.ts";
import { ODD_CURRENCY, ODD_PAYER, oddLogs } from "../../test/support/economy/oddTexts.ts";
import { memoryStore } from "../../test/support/indexer/memoryStore.ts";
import { SAMPLE_SOURCE, sampleBlock } from "../../test/support/indexer/sampleLogs.ts";
import { expectedTables } from "../../test/support/indexer/storedTables.ts";
import { GOOD_HEALTH } from "../../test/support/indexer/viewSource.ts";
import { readEventStream, readStrictCsv, readStrictJson } from "../../test/support/strictReaders.ts";
import { questions } from "../books/books.ts";
import { exportAnswer } from "../commands/exportAnswer.ts";
import { exportTables } from "../commands/exportTables.ts";
import type { JournalBlock, JournalLog } from "../journal.ts";
import { LiveBooks } from "../live/liveBooks.ts";
import type { ViewSource } from "../live/view.ts";
import type { ListQuestion } from "../query/question.ts";
import { openStore } from "../store/openStore.ts";
import { csvColumns } from "./csv.ts";
import { createServer } from "./createServer.ts";

const ASSETS = 100;
const VALUES: Record<string, string> = {
  address: ODD_PAYER,
  currency: ODD_CURRENCY,
  asset: "2",
  release: "2",
  fee: "",
  operation: `0x${"7".repeat(64)}`,
};

interface ShownAsset {
  id: number;
  name: string | null;
  organization: string | null;
  metadata: string;
  metadataBytes: Hex | null;
  metadataDigest: Hex;
}

const blocksOf = (logs: readonly JournalLog[]): JournalBlock[] =>
  logs.map(({ blockNumber }) => sampleBlock(Number(blockNumber)));

const sourceOver = (books: LiveBooks): ViewSource => ({
  source: SAMPLE_SOURCE,
  health: { ...GOOD_HEALTH, head: books.block?.number, final: books.final },
  view: () => books.view,
  viewAt: (block) => books.viewAt(block),
  blockByHash: (hash) => books.blockByHash(hash),
  onBlock: (listener) => books.onUpdate(listener),
});

/** The bytes of each asset's metadata, from the last event about it. */
function metadataOf(logs: readonly JournalLog[]): Map<number, string[]> {
  const { assets = [], metadata_changes: changes = [] } = expectedTables(logs);
  const rows = [...assets, ...changes].map((row) => JSON.parse(row) as string[]);
  const ofAsset = new Map<number, string[]>();
  for (const row of rows.sort((a, b) => Number(a[0]) - Number(b[0]))) ofAsset.set(Number(row[2]), row.slice(-4));
  return ofAsset;
}

describe("texts on chain, of any bytes", function () {
  this.timeout(120_000);
  const logs = oddLogs(ASSETS, 5, SAMPLE_SOURCE.ledger, SAMPLE_SOURCE.registry);
  const [last] = logs.splice(-1) as [JournalLog];
  const answers: string[] = [];
  let books: LiveBooks;
  let server: FastifyInstance;

  before(async () => {
    books = await LiveBooks.open(memoryStore(), SAMPLE_SOURCE);
    await books.apply({ type: "blocks", blocks: blocksOf(logs), logs, final: 0n, after: undefined });
    server = await createServer(sourceOver(books));
    VALUES.fee = `${logs.findLast(({ topics }) => topics[3] !== undefined)?.blockNumber}-0`;
  });
  after(() => server.close());

  /** Asks, and keeps the answer for readers that are dearer. */
  async function ask<T>(url: string, payload?: object): Promise<{ status: number; content: T }> {
    const response = await server.inject(payload ? { method: "POST", url, payload } : { url });
    const content = readStrictJson(response.rawPayload) as T;
    answers.push(response.body);
    return { status: response.statusCode, content };
  }

  /** Returns the address of a question, with the parameters that it needs. */
  function urlOf({ path, params }: (typeof questions)[number]): string {
    const needed = Object.keys(params.shape).filter((name) => VALUES[name] !== undefined);
    const inPath = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => VALUES[name] ?? ODD_PAYER);
    const query = needed.filter((name) => !path.includes(`{${name}}`)).map((name) => `${name}=${VALUES[name]}`);
    return `/v1${inPath}?${query.join("&")}`;
  }

  it("come from every question as JSON that strict readers accept, equal to the tables", async () => {
    let answered = 0;
    for (const question of questions) answered += (await ask(urlOf(question))).status === 200 ? 1 : 0;
    expect(answered).to.be.greaterThan(30);
    const expected = metadataOf(logs);
    let inexact = 0;
    for (let id = 1; id <= ASSETS; id++) {
      const { content } = await ask<{ data: ShownAsset }>(`/v1/assets/${id}`);
      const { name, organization, metadata, metadataBytes, metadataDigest } = content.data;
      expect([name, organization, metadata, metadataBytes]).to.deep.equal(expected.get(id));
      expect(sha256(metadataBytes ?? stringToHex(metadata)), "the digest of the bytes").to.equal(metadataDigest);
      if (metadataBytes !== null) inexact++;
    }
    expect(inexact)
      .to.be.greaterThan(10)
      .and.below(ASSETS / 2);
    const { releases = [], currencies = [] } = expectedTables(logs);
    const { content } = await ask<{ data: { label: string; uri: string }[] }>("/v1/releases?limit=500");
    const texts = content.data.map(({ label, uri }) => JSON.stringify([label, uri])).sort();
    const ofTable = releases.map((row) => JSON.parse(row) as string[]);
    expect(texts).to.deep.equal(ofTable.map((row) => JSON.stringify([row[7], row[9]])).sort());
    const { content: ofCurrencies } = await ask<{ data: { symbol: string }[] }>("/v1/currencies");
    expect(ofCurrencies.data[0]?.symbol).to.equal((JSON.parse(currencies[0] ?? "") as string[])[3]);
  });

  it("come from GraphQL equal to REST", async () => {
    const { content: rest } = await ask<{ data: ShownAsset[] }>("/v1/assets?limit=500");
    const query = "{ assets(first: 500) { nodes { id name organization metadata metadataBytes metadataDigest } } }";
    const { content } = await ask<{ data: { assets: { nodes: ShownAsset[] } } }>("/v1/graphql", { query });
    expect(content.data.assets.nodes.map(({ name, organization }) => [name, organization])).to.deep.equal(
      rest.data.map(({ name, organization }) => [name, organization]),
    );
    const expected = metadataOf(logs);
    for (const { id, metadata, metadataBytes } of content.data.assets.nodes) {
      expect([metadata, metadataBytes]).to.deep.equal(expected.get(Number(id))?.slice(2));
    }
  });

  it("come as CSV that strict readers accept, equal to JSON, without a formula", async () => {
    for (const question of questions) {
      if (question.type !== "list") continue;
      const json = await ask<{ data?: object[] }>(`${urlOf(question)}&limit=500`);
      const csv = await server.inject(`${urlOf(question)}&limit=500&format=csv`);
      expect(csv.statusCode, question.name).to.equal(json.status);
      if (csv.statusCode !== 200) continue;
      const [columns = [], ...rows] = readStrictCsv(csv.rawPayload);
      expect(columns).to.deep.equal(csvColumns(question.item));
      const expected = (json.content.data ?? []).map((item) => columns.map((column) => cellOf(item, column)));
      expect(rows, question.name).to.deep.equal(expected);
    }
  });

  it("come as live events that strict readers accept", async () => {
    const base = await server.listen({ port: 0, host: "127.0.0.1" });
    const stop = new AbortController();
    const response = await fetch(`${base}/v1/events`, { signal: stop.signal });
    const blocks = [sampleBlock(Number(last.blockNumber))];
    await books.apply({ type: "blocks", blocks, logs: [last], final: 0n, after: books.block?.number });
    let text = "";
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (text.includes(`id: ${last.blockNumber}-`)) break;
    }
    stop.abort();
    const fees = readEventStream(text).filter(({ event }) => event === "fee");
    const [fee] = fees.map(({ data }) => readStrictJson(data) as { assetName: string | null; amount: object });
    const { content } = await ask<{ data: object[] }>("/v1/fees?limit=1");
    expect(fee).to.deep.equal(content.data[0]);
    answers.push(...fees.map(({ data }) => data));
  });

  it("that a caller sends come back in refusals that strict readers accept", async () => {
    for (const odd of ["\0", "\ud83e", "\udd99\0", "\\u0000", "\u2028"]) {
      const query = `{ assets(first: 1, after: ${JSON.stringify(odd)}) { nodes { id } } }`;
      const variable = "query ($after: String) { assets(first: 1, after: $after) { nodes { id } } }";
      for (const payload of [{ query }, { query: variable, variables: { after: odd } }, { query: odd }, { [odd]: 1 }]) {
        expect(JSON.stringify((await ask("/v1/graphql", payload)).content)).to.match(/"errors"|"detail"/);
      }
      const inUrl = encodeURIComponent(odd.toWellFormed());
      for (const url of [`/v1/assets?after=${inUrl}`, `/v1/assets?${inUrl}=1`, `/v1/${inUrl}`, `/v1/fees/${inUrl}`]) {
        expect((await ask(url)).status, url).to.be.within(400, 404);
      }
    }
  });

  itAtLength("are strict and equal to the tables for many seeds", async () => {
    for (let seed = 100; seed < 120; seed++) {
      const odd = oddLogs(ASSETS, seed, SAMPLE_SOURCE.ledger, SAMPLE_SOURCE.registry);
      const live = await LiveBooks.open(memoryStore(), SAMPLE_SOURCE);
      await live.apply({ type: "blocks", blocks: blocksOf(odd), logs: odd, final: 0n, after: undefined });
      const asked = await createServer(sourceOver(live));
      const query = "{ assets(first: 500) { nodes { id name organization metadata metadataBytes metadataDigest } } }";
      const { rawPayload } = await asked.inject({ method: "POST", url: "/v1/graphql", payload: { query } });
      const { data } = readStrictJson(rawPayload) as { data: { assets: { nodes: ShownAsset[] } } };
      const expected = metadataOf(odd);
      for (const { id, name, organization, metadata, metadataBytes, metadataDigest } of data.assets.nodes) {
        const shown = [name, organization, metadata, metadataBytes];
        expect(shown, `seed ${seed}`).to.deep.equal(expected.get(Number(id)));
        expect(sha256(metadataBytes ?? stringToHex(metadata)), `seed ${seed}`).to.equal(metadataDigest);
      }
      for (const path of ["assets", "releases", "fees", "currencies"]) {
        const json = await asked.inject(`/v1/${path}?limit=500`);
        const { data: items } = readStrictJson(json.rawPayload) as { data: object[] };
        const csv = await asked.inject(`/v1/${path}?limit=500&format=csv`);
        const [columns = [], ...rows] = readStrictCsv(csv.rawPayload);
        expect(rows, `seed ${seed}`).to.deep.equal(items.map((item) => columns.map((column) => cellOf(item, column))));
      }
      await asked.close();
    }
  });

  itAtLength("are JSON to PostgreSQL", async () => {
    const postgres = await PGlite.create();
    try {
      for (const answer of answers) {
        const { rows } = await postgres.query<{ same: boolean }>("SELECT $1::text::jsonb = $1::json::jsonb AS same", [
          answer,
        ]);
        expect(rows).to.deep.equal([{ same: true }]);
      }
      expect(answers.length).to.be.greaterThan(2 * ASSETS);
    } finally {
      await postgres.close();
    }
  });

  itAtLength("are the same in the store's tables and in all that is exported from it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tributary-texts-"));
    try {
      const all = [...logs, last];
      const store = await openStore({ folder }, SAMPLE_SOURCE);
      await store.append(blocksOf(all), all);
      await store.close();
      const chain = { source: SAMPLE_SOURCE, rpcUrls: [], target: { folder } };
      const quiet = createLog({ write: () => undefined });
      const never = new AbortController().signal;
      const tables = ["assets", "metadata_changes", "releases", "currencies"];
      for (const format of ["ndjson", "csv"] as const) {
        await exportTables({ chain, tables, format, to: folder }, quiet, never);
      }
      const expected = expectedTables(all);
      for (const table of tables) {
        const lines = (await readFile(join(folder, `${table}.ndjson`))).toString().trimEnd().split("\n");
        const objects = lines.map((line) => readStrictJson(line) as object);
        const asText = (value: unknown) => (value === null ? null : String(value));
        const rows = objects.map((object) => JSON.stringify(Object.values(object).map(asText)));
        expect(rows.sort(), table).to.deep.equal(expected[table]);
        const [, ...cells] = readStrictCsv(await readFile(join(folder, `${table}.csv`)));
        expect(cells, table).to.deep.equal(
          objects.map((object) => Object.values(object).map((value) => asText(value) ?? "")),
        );
      }
      const question = questions.find(({ name }) => name === "assets") as ListQuestion;
      for (const format of ["ndjson", "csv"] as const) {
        const output = join(folder, `answer.${format}`);
        await exportAnswer({ chain, question, params: {}, order: {}, format, output }, quiet, never);
      }
      const { content } = await ask<{ data: object[] }>("/v1/assets?limit=500");
      const lines = (await readFile(join(folder, "answer.ndjson"))).toString().trimEnd().split("\n");
      expect(lines.map((line) => readStrictJson(line))).to.deep.equal(content.data);
      const [columns = [], ...rows] = readStrictCsv(await readFile(join(folder, "answer.csv")));
      expect(rows).to.deep.equal(content.data.map((item) => columns.map((column) => cellOf(item, column))));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

/** Returns the value of a column such as `amount.currency.symbol`, as CSV shows it. */
function cellOf(item: object, column: string): string {
  const value = column
    .split(".")
    .reduce<unknown>((of, field) => (of as Record<string, unknown> | null | undefined)?.[field], item);
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
