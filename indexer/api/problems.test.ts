import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { InjectOptions } from "fastify";
import { EndpointError } from "#node/rpc/endpointError.ts";
import { UserError } from "#protocol/userError.ts";
import { USD } from "../../test/support/economy/graphs.ts";
import { PEOPLE, randomEconomy } from "../../test/support/economy/randomEconomy.ts";
import { viewSourceOf } from "../../test/support/indexer/viewSource.ts";
import { books } from "../books/books.ts";
import { BookStates } from "../books/states.ts";
import type { View, ViewSource } from "../live/view.ts";
import { viewAt } from "../query/ask.ts";
import { type ProblemCode, problemCodes } from "../query/problemCodes.ts";
import { TooBusy } from "../scheduling/semaphore.ts";
import { WalkTooLong } from "../scheduling/turns.ts";
import { StoreUnavailable } from "../store/storeUnavailable.ts";
import { createServer } from "./createServer.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../docs/errors.md"), "utf8");
const [ANN = USD] = PEOPLE;
const PAYERS = `/v1/inlets/${ANN}/payers?currency=${USD}`;

/** A request that is refused, and the changes of the source that it needs. */
interface Provocation {
  ask: string | InjectOptions;
  source?: Partial<ViewSource>;
}

const graphql = (query: string): InjectOptions => ({ method: "POST", url: "/v1/graphql", payload: { query } });
const body = (payload: string, type = "application/json"): InjectOptions => ({
  method: "POST",
  url: "/v1/graphql",
  payload,
  headers: { "content-type": type },
});
const earlier = (fault: Error): Provocation => ({
  ask: "/v1/assets?block=3",
  source: { viewAt: () => Promise.reject(fault) },
});

const source = viewSourceOf(randomEconomy());

const viewWith = (change: Partial<View>): View => ({ ...(source.view() as View), ...change }); // it has one
const withoutPeriphery = () => new BookStates(books, { ...source.source, periphery: {} });

const provocations: Record<ProblemCode, Provocation> = {
  "malformed-parameter": { ask: "/v1/assets?limit=501" },
  "conflicting-parameters": { ask: `/v1/accounts/${ANN}/earned?sinceBlock=9` },
  "forwards-only": { ask: graphql(`{ earnings(address: "${ANN}", last: 2) { nodes { due: fee { id } } } }`) },
  "malformed-request": { ask: body('{"query":') },
  "graphql-malformed": { ask: graphql("{ assets { price } }") },
  "graphql-too-costly": {
    ask: graphql("{ assets(first: 500) { nodes { releases(first: 500) { nodes { id } } } } }"),
  },
  "unknown-currency": { ask: `/v1/economy/${ANN}/health` },
  "unknown-cursor": { ask: "/v1/currencies?after=7" },
  "block-not-indexed": { ask: "/v1/assets?block=99" },
  "block-before-deployment": {
    ask: "/v1/assets?block=2",
    source: {
      source: { ...source.source, startBlock: 4n },
      viewAt: () => Promise.reject(new UserError("The deployment begins at block 4.")),
    },
  },
  "unknown-block": { ask: `/v1/assets?block=0x${"b1".repeat(32)}` },
  "unknown-page": { ask: "/v1/nothing" },
  "unknown-asset": { ask: "/v1/assets/99" },
  "unknown-release": { ask: "/v1/releases/99" },
  "unknown-fee": { ask: "/v1/fees/1-99" },
  "unknown-inlet": { ask: `/v1/inlets/${USD}` },
  "unknown-outlet": { ask: `/v1/outlets/${USD}` },
  "unknown-operation": { ask: `/v1/governance/operations/0x${"7".padStart(64, "0")}` },
  "book-absent": { ask: "/v1/governance", source: { view: () => viewWith({ states: withoutPeriphery() }) } },
  "precondition-failed": { ask: { url: "/file.txt", headers: { "if-match": '"another"' } } },
  "body-too-large": { ask: body("x".repeat(70_000)) },
  "address-too-long": { ask: `/v1/assets/${"1".repeat(201)}` },
  "unsupported-media-type": { ask: body("{ assets { nodes { id } } }", "application/xml") },
  "range-not-satisfiable": { ask: { url: "/file.txt", headers: { range: "bytes=100-" } } },
  "internal-fault": earlier(new TypeError("A fault.")),
  "node-not-asked": { ask: PAYERS },
  "no-block-yet": { ask: "/v1/assets", source: { view: () => undefined } },
  "block-not-ready": { ask: "/v1/unready" },
  "book-incomplete": {
    ask: "/v1/governance",
    source: { view: () => viewWith({ incomplete: new Set(["periphery"]) }) },
  },
  "too-busy": earlier(new TooBusy()),
  "takes-too-long": earlier(new WalkTooLong("The answer takes longer than 10000 ms.")),
  "request-aborted": earlier(new DOMException("Aborted.", "AbortError")),
  "store-away": earlier(new StoreUnavailable("The connection broke.")),
  "node-away": {
    ask: PAYERS,
    source: { transfersTo: () => Promise.reject(new EndpointError("unreachable", "no answer in time")) },
  },
  "indexer-failed": { ask: "/v1/assets", source: { health: { ...source.health, failure: new Error("A failure.") } } },
};

interface GraphqlErrors {
  errors?: { message: string; extensions: { code: string } }[];
}

describe("refusals", () => {
  const folder = mkdtempSync(join(tmpdir(), "tributary-"));
  writeFileSync(join(folder, "file.txt"), "short");
  after(() => rmSync(folder, { recursive: true }));

  async function refusalOf({ ask, source: part }: Provocation) {
    const server = await createServer(
      { ...source, view: () => source.view(), ...part },
      { explorer: { folder }, onFault: () => undefined },
    );
    // A question would be refused like this only after seconds.
    server.get("/v1/unready", () => viewAt({ ...source, viewAt: () => new Promise(() => undefined) }, 3n, 1));
    const response = await server.inject(ask);
    await server.close();
    return response;
  }

  for (const [code, provocation] of Object.entries(provocations) as [ProblemCode, Provocation][]) {
    const { status, title } = problemCodes[code];

    it(`${code} has its status and its example in docs/errors.md`, async () => {
      const response = await refusalOf(provocation);
      const example = JSON.parse(exampleOf(code)) as object;
      const { errors } = response.json<GraphqlErrors>();
      if (errors) {
        expect(errors).to.deep.equal([example]);
        expect(errors[0]?.extensions.code).to.equal(code);
        return;
      }
      expect(response.statusCode, response.body).to.equal(status);
      expect(response.headers["content-type"]).to.contain("application/problem+json");
      expect(response.json()).to.deep.equal(example);
      expect(example).to.deep.include({ type: "about:blank", code, title, status });
    });
  }

  it("are all listed in docs/errors.md with status, meaning and remedy", () => {
    const rows = [...PAGE.matchAll(/^\| `([\w-]+)` \| (\d+) \| (.+) \| (.+) \|$/gm)].map((row) => row.slice(1));
    const listed = Object.entries(problemCodes).map(([code, { status, meaning, remedy }]) => [
      code,
      String(status),
      meaning,
      remedy,
    ]);
    expect(rows).to.deep.equal(listed);
    const sections = [...PAGE.matchAll(/^### (.+)$/gm)].map(([, code]) => code);
    expect(sections).to.deep.equal(Object.keys(problemCodes));
  });

  it("of a field keep their code when GraphQL has compiled the query", async () => {
    const server = await createServer(source);
    for (let time = 0; time < 3; time++) {
      const { errors } = (await server.inject(graphql("{ asset(asset: 99) { id } }"))).json<GraphqlErrors>();
      expect(errors?.map(({ extensions }) => extensions)).to.deep.equal([
        { code: "unknown-asset", status: 404, title: "Unknown asset" },
      ]);
    }
    await server.close();
  });

  it("report that the service was started without a node", async () => {
    const transfersTo = () => Promise.reject(new UserError("No node of the chain was named."));
    const response = await refusalOf({ ask: PAYERS, source: { transfersTo } });
    expect(response.json<object>()).to.include({ code: "node-not-asked", status: 501 });
  });
});

const exampleOf = (code: string) =>
  new RegExp(`^### ${code}\\n[^]*?\`\`\`json\\n([^]*?)\`\`\``, "m").exec(PAGE)?.[1] ?? "";
