import { expect } from "chai";
import type { FastifyInstance } from "fastify";
import { getAddress } from "viem";
import { USD } from "../../test/support/economy/graphs.ts";
import { PEOPLE, randomEconomy } from "../../test/support/economy/randomEconomy.ts";
import { hashOf, viewSourceOf } from "../../test/support/indexer/viewSource.ts";
import { createClient, everyPage } from "#client/api/createClient.ts";
import { askWholeList, checkParams } from "../query/ask.ts";
import { parametersOf, type Order } from "../query/question.ts";
import { questions } from "../books/books.ts";
import type { Walker } from "../scheduling/turns.ts";
import type { Transfer, TransfersToParameters, ViewSource } from "../live/view.ts";
import { createServer } from "./createServer.ts";

interface Answer {
  block: { number: string; hash: string };
  data: unknown[];
  next: string | null;
}
interface Connection {
  edges: { cursor: string; node: unknown }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const [ANN = USD] = PEOPLE;
const given: Record<string, string | number> = {
  asset: 1,
  release: 3,
  fee: "1-0",
  address: ANN,
  currency: USD,
  inlet: ANN,
  outlet: ANN,
};

const pick = (from: Record<string, unknown>, names: string[]) =>
  Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));

describe("the questions", () => {
  const state = randomEconomy();
  const earlier = randomEconomy(2, 3, 2);
  const source = viewSourceOf(state, 5n, { 3: earlier });
  const other = viewSourceOf(earlier, 9n);
  let server: FastifyInstance;

  before(async () => {
    const second = { ...other, source: { ...other.source, chainId: 10 }, view: () => other.view() };
    server = await createServer([source, second]);
  });
  after(() => server.close());

  const get = async <T = Answer>(url: string, headers = {}) => {
    const response = await server.inject({ url, headers });
    expect(response.statusCode, `${url} ${response.body}`).to.equal(200);
    return response.json<T>();
  };
  const graphql = async <T>(query: string) => {
    const response = await server.inject({ method: "POST", url: "/v1/graphql", payload: { query } });
    const { data, errors } = response.json<{ data: T; errors?: object[] }>();
    expect(errors, response.body).to.equal(undefined);
    return data;
  };

  for (const question of questions) {
    const path = question.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(given[name]));
    if (question.type !== "list") {
      if (question.complete) continue;
      it(`${question.path} names its block, now and earlier`, async () => {
        expect((await get(`/v1${path}`)).block.hash).to.equal(hashOf(5n));
        const response = await server.inject(`/v1${path}?block=3`);
        expect(response.json<Answer>().block.number).to.equal("3");
      });
      continue;
    }

    const everything = async (limit: number, more = "") => {
      const found: unknown[] = [];
      let after = "";
      do {
        const { data, next } = await get(`/v1${path}?limit=${limit}${after}${more}`);
        expect(data.length).to.be.at.most(limit);
        found.push(...data);
        after = next === null ? "" : `&after=${next}`;
      } while (after !== "");
      return found;
    };

    it(`${question.path} has the same by page, backwards and as GraphQL`, async () => {
      const all = await everything(500);
      expect(await everything(2)).to.deep.equal(all);
      const view = source.view();
      if (!view) throw new Error("There is no view.");
      const walk: Walker = (begin) => view.turns.walk(begin);
      const whole = async (order: Order) => {
        const params = checkParams(parametersOf(question), pick(given, Object.keys(question.params.shape)));
        const found: unknown[] = [];
        for await (const items of askWholeList(question, { view, walk }, params, order)) found.push(...items);
        return JSON.parse(JSON.stringify(found)) as unknown[];
      };
      expect(await whole({ by: question.orders[0], descending: question.descending })).to.deep.equal(all);
      for (const orderBy of question.orders) {
        const ascending = await everything(3, `&orderBy=${orderBy}&orderDirection=asc`);
        expect(ascending).to.have.length(all.length);
        expect(await whole({ by: orderBy, descending: false })).to.deep.equal(ascending);
        if (question.name === "earnings") continue; // has only one order
        expect(await everything(500, `&orderBy=${orderBy}&orderDirection=desc`)).to.deep.equal(ascending.toReversed());
      }

      const params = Object.keys(question.params.shape)
        .filter((name) => name in given)
        .map((name) => `${name}: ${JSON.stringify(given[name])}, `);
      const ask = async (paging: string) => {
        const query = `{ page: ${question.name}(${params.join("")}${paging}) { edges { cursor node { __typename } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
        return (await graphql<{ page: Connection }>(query)).page;
      };
      const cursors = (await ask("first: 500")).edges.map(({ cursor }) => cursor);
      expect(cursors).to.have.length(all.length);
      const forwards: string[] = [];
      for (let page = await ask("first: 2"); ; page = await ask(`first: 2, after: "${page.pageInfo.endCursor}"`)) {
        forwards.push(...page.edges.map(({ cursor }) => cursor));
        if (!page.pageInfo.hasNextPage) break;
      }
      expect(forwards).to.deep.equal(cursors);
      if (question.name === "earnings") return;
      const backwards: string[] = [];
      for (let page = await ask("last: 2"); ; page = await ask(`last: 2, before: "${page.pageInfo.startCursor}"`)) {
        backwards.unshift(...page.edges.map(({ cursor }) => cursor));
        if (!page.pageInfo.hasPreviousPage) break;
      }
      expect(backwards).to.deep.equal(cursors);
    });
  }

  it("include both ends of a period", async () => {
    const claims = (await get<{ data: { claimed: { timestamp: number } }[] }>("/v1/claims?since=1&until=3")).data;
    expect(claims.map(({ claimed }) => claimed.timestamp).sort()).to.deep.equal([1, 2, 3]);
  });

  it("filter fees by every field of a fee", async () => {
    const fees = (await get<{ data: { payer: string; release: number }[] }>("/v1/fees?limit=500")).data;
    const ofAnn = await get(`/v1/fees?limit=500&payer=${ANN.toUpperCase().replace("0X", "0x")}`);
    expect(ofAnn.data).to.deep.equal(fees.filter(({ payer }) => payer === ANN));
    expect((await get("/v1/fees?release=7")).data).to.deep.equal(fees.filter(({ release }) => release === 7));
    expect((await get(`/v1/fees?currency=${USD}&limit=500`)).data).to.deep.equal(fees);
    expect((await get("/v1/fees?since=1")).data).to.deep.equal([]);
    expect((await get("/v1/fees?until=0&limit=500")).data).to.deep.equal(fees);
    expect((await get(`/v1/fees?reference=0x${"11".repeat(32)}`)).data).to.deep.equal([]);
    const amounts = (await get<{ data: { amount: { amount: string } }[] }>("/v1/fees?orderBy=amount&limit=500")).data;
    const sorted = amounts.map(({ amount }) => Number(amount.amount));
    expect(sorted).to.deep.equal(sorted.toSorted((a, b) => b - a));
  });

  it("filter assets by organization and owner", async () => {
    const names = async (query: string) => (await get<{ data: { organization: string }[] }>(`/v1/assets${query}`)).data;
    const acme = await names("?organization=ACME&limit=500");
    expect(acme.length).to.be.greaterThan(0);
    expect(new Set(acme.map(({ organization }) => organization))).to.deep.equal(new Set(["Acme"]));
    expect((await names(`?owner=${ANN}`)).length).to.equal(0);
  });

  it("find assets whatever the case, accents, spaces and punctuation, also after a change of name", async () => {
    const named = randomEconomy(3, 6, 2);
    const names = ["Meta/Llama-3", "Straße von İzmir", "می\u200cخواهم", "Café C++", "--", undefined];
    for (const [row, name] of names.entries()) named.assets.name.set(row, name);
    named.assets.organization.set(1, `ACME–Lab ${"🦙".repeat(300)}`);
    const asked = await createServer(viewSourceOf(named));
    const find = async (query: Record<string, string>) => {
      const response = await asked.inject({ url: "/v1/assets", query });
      expect(response.statusCode, response.body).to.equal(200);
      return response.json<{ data: { id: number }[] }>().data.map(({ id }) => id);
    };
    for (const [search, id] of [
      ["llama 3", 1],
      ["LLAMA_3", 1],
      ["Ｌｌａｍａ３", 1],
      ["meta llama\u00a03", 1],
      ["STRASSE", 2],
      ["izmir", 2],
      ["IZMIR", 2],
      ["میخواهم", 3],
      ["cafe", 4],
      ["c++", 4],
      ["--", 5],
    ] as const) {
      expect(await find({ search }), search).to.deep.equal([id]);
    }
    expect(await find({ search: "llama 4" })).to.deep.equal([]);
    expect(await find({ organization: `acme lab${"🦙".repeat(300)}` })).to.deep.equal([2]);
    expect(await find({ search: "🦙".repeat(200) })).to.deep.equal([2]);
    const tooLong = await asked.inject({ url: "/v1/assets", query: { search: "🦙".repeat(201) } });
    expect(tooLong.json<{ detail: string }>().detail).to.equal("search: must have at most 200 characters");
    named.assets.name.set(0, "Mistral");
    expect(await find({ search: "llama 3" })).to.deep.equal([]);
    expect(await find({ search: "mistral" })).to.deep.equal([1]);
    const query = '{ assets(where: { search: "STRASSE" }) { nodes { name } } }';
    const { body } = await asked.inject({ method: "POST", url: "/v1/graphql", payload: { query } });
    expect(body).to.contain("Straße von İzmir");
    named.releases.label.set(0, "V 1.0\u00a0É");
    const labels = await asked.inject({ url: "/v1/releases", query: { label: "v 1.0 e" } });
    expect(labels.json<{ data: object[] }>().data).to.have.length(1);
    await asked.close();
  });

  it("resolve references in GraphQL, at an earlier block and at the newest", async () => {
    const data = await graphql(`
      {
        now: ledger {
          fees
        }
        before: ledger(block: "3") {
          fees
          releases
        }
        fees(first: 1, block: 3) {
          block {
            number
          }
          nodes {
            id
            payer {
              address
            }
            release {
              id
              asset {
                id
                name
              }
            }
            trace {
              hopCount
            }
          }
        }
      }
    `);
    expect(data).to.deep.include({ now: { fees: 60 }, before: { fees: 2, releases: 3 } });
    const { fees } = data as { fees: { block: object; nodes: { payer: object; release: object }[] } };
    expect(fees.block).to.deep.equal({ number: "3" });
    expect(fees.nodes[0]?.release).to.have.nested.property("asset.name");
  });

  it("are available as CSV, without texts that a spreadsheet takes for formulas", async () => {
    const response = await server.inject({
      url: `/v1/accounts/${ANN}/statement/lines?limit=2`,
      headers: { accept: "text/csv" },
    });
    expect(response.headers["content-type"]).to.contain("text/csv");
    const [head = "", ...lines] = response.body.trimEnd().split("\r\n");
    expect(head).to.match(/^asset,assetName,shares,earned\.amount,earned\.currency\.address/);
    expect(lines).to.have.length(2);
    expect(response.headers.link).to.match(/<\/v1\/accounts\/.*after=.*>; rel="next"/);
    expect(response.headers["x-block"]).to.equal(`5 ${hashOf(5n)}`);
    const none = await server.inject(`/v1/fees?reference=0x${"11".repeat(32)}&format=csv`);
    expect(none.body).to.match(/^id,release,assetName,payer,amount\.amount,[\w.,]+\r\n$/);
    const assets = await server.inject("/v1/assets?format=csv&limit=500");
    expect(assets.body).to.contain(",'=HYPERLINK(1),").and.not.contain(",=");
  });

  it("report if their block is final, which changes the ETag", async () => {
    const { block: newest } = await get<{ block: object }>("/v1/assets");
    expect(newest).to.deep.include({ number: "5", final: false });
    expect((await get<{ block: object }>("/v1/assets?block=3")).block).to.deep.include({ number: "3", final: true });
    const { final } = await get<{ final: object }>("/health");
    expect(final).to.deep.equal({ number: "4", hash: hashOf(4n) });
    const asked = await graphql<object>("{ block { final } finalBlock { number } fees(block: 3) { block { final } } }");
    expect(asked).to.deep.equal({
      block: { final: false },
      finalBlock: { number: "4" },
      fees: { block: { final: true } },
    });

    const { etag } = (await server.inject("/v1/assets")).headers;
    const { final: before } = source.health;
    source.health.final = { number: 5n, hash: hashOf(5n) };
    const later = await server.inject({ url: "/v1/assets?format=csv", headers: { "if-none-match": etag } });
    expect([later.statusCode, later.headers["x-block-final"]]).to.deep.equal([200, "true"]);
    source.health.final = before;
  });

  it("are answered with 304 while the block is the same", async () => {
    const first = await server.inject("/v1/assets");
    const { etag } = first.headers;
    expect((await server.inject({ url: "/v1/assets", headers: { "if-none-match": etag } })).statusCode).to.equal(304);
    expect(
      (await server.inject({ url: "/v1/assets?format=csv", headers: { "if-none-match": etag } })).statusCode,
    ).to.equal(200);
  });

  it("are served for each chain below its own path", async () => {
    expect((await get("/chains/10/v1/ledger")).block.number).to.equal("9");
    expect((await get("/chains/31337/v1/ledger")).block.number).to.equal("5");
    expect((await server.inject("/chains/11/v1/ledger")).statusCode).to.equal(404);
    expect((await get<{ chainId: number }>("/chains/10/health")).chainId).to.equal(10);
  });

  it("can be tried on a page that needs no other server", async () => {
    const page = await server.inject("/docs");
    expect(page.body).to.contain("swagger-ui");
    const addresses = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? "");
    expect(addresses.length).to.be.greaterThan(2);
    for (const address of addresses) {
      expect(address).to.match(/^\/docs\//);
      expect((await server.inject(address)).statusCode, address).to.equal(200);
    }
  });

  it("refuse blocks that are not available", async () => {
    for (const block of ["4", "99", "9007199254740993", "pending", "0x3", `0x${"0".repeat(63)}`]) {
      const response = await server.inject(`/v1/assets?block=${block}`);
      expect(response.statusCode).to.equal(400);
      const { code, detail } = response.json<{ code: string; detail: string }>();
      expect(detail).to.match(/^block: /);
      expect(code).to.equal(/^\d{1,15}$/.test(block) ? "block-not-indexed" : "malformed-parameter");
    }
  });

  it("answer for a block that is named by its hash, or as latest or finalized", async () => {
    const blockOf = async (block: string) => (await get(`/v1/assets?block=${block}`)).block;
    expect((await blockOf(hashOf(3n))).number).to.equal("3");
    expect((await blockOf(hashOf(3n).toUpperCase().replace("0X", "0x"))).hash).to.equal(hashOf(3n));
    expect((await blockOf(hashOf(5n))).number).to.equal("5");
    expect((await blockOf("latest")).number).to.equal("5");
    const { data } = await get<{ data: { sinceBlock: string } }>(`/v1/accounts/${ANN}/earned?sinceBlock=${hashOf(3n)}`);
    expect(data.sinceBlock).to.equal("3");
    expect((await server.inject(`/v1/accounts/${ANN}/earned?sinceBlock=${hashOf(3n, 1)}`)).body).to.contain(
      "sinceBlock: no indexed block has the hash",
    );
    const finalized = await server.inject("/v1/assets?block=finalized");
    expect(finalized.json<{ detail: string }>().detail).to.contain("Block 4 is not indexed"); // the source has 3 and 5
    const { assets } = await graphql<{ assets: { block: { hash: string } } }>(
      `{ assets(block: "${hashOf(3n)}") { block { hash } } }`,
    );
    expect(assets.block.hash).to.equal(hashOf(3n));
  });

  it("refuse a hash that no indexed block has, or that a reorg replaces meanwhile", async () => {
    const refused = async (from: ViewSource, block: string) => {
      const asked = await createServer(from);
      const response = await asked.inject(`/v1/assets?block=${block}`);
      const payload = { query: `{ assets(block: "${block}") { nodes { id } } }` };
      const byGraphql = await asked.inject({ method: "POST", url: "/v1/graphql", payload });
      await asked.close();
      expect(response.statusCode).to.equal(404);
      expect(byGraphql.json<{ errors: { extensions: { code: string } }[] }>().errors[0]?.extensions.code).to.equal(
        "unknown-block",
      );
      return response.json<{ code: string; detail: string }>();
    };
    expect((await refused(source, hashOf(3n, 1))).code).to.equal("unknown-block");
    const found = { number: 3n, hash: hashOf(3n, 1), timestamp: 36 };
    const reorged = { ...source, view: () => source.view(), blockByHash: () => Promise.resolve(found) };
    expect((await refused(reorged, hashOf(3n, 1))).detail).to.contain("If a reorg has replaced the block");
  });

  it("refuse an address whose checksum is wrong, and accept every other spelling", async () => {
    const right = getAddress(`0x${"ab".repeat(20)}`);
    const wrong = right.replace(/[a-f]/, (letter) => letter.toUpperCase());
    for (const spelling of [right, right.toLowerCase(), `0x${right.slice(2).toUpperCase()}`, right.toUpperCase()]) {
      expect((await server.inject(`/v1/accounts/${spelling}`)).statusCode, spelling).to.equal(200);
    }
    const price = `/v1/accounts/${ANN}/plan?prices=${wrong}:1`;
    for (const url of [`/v1/accounts/${wrong}`, `/v1/fees?payer=${wrong}`, `/v1/economy/${wrong}/health`, price]) {
      const response = await server.inject(url);
      expect(response.statusCode, url).to.equal(400);
      expect(response.json<object>(), url).to.include({ code: "malformed-parameter" });
      expect(response.json<{ detail: string }>().detail, url).to.contain("checksum");
    }
    const query = `{ account(address: "${wrong}") { address } }`;
    const { errors } = (await server.inject({ method: "POST", url: "/v1/graphql", payload: { query } })).json<{
      errors: { message: string }[];
    }>();
    expect(errors[0]?.message).to.contain("checksum");
  });

  it("find the payers of an inlet by asking a node, if there is one", async () => {
    const url = `/v1/inlets/${ANN}/payers?currency=${USD}`;
    expect((await server.inject(url)).statusCode).to.equal(501);
    expect((await server.inject(url)).json<object>()).to.include({ code: "node-not-asked" });
    const transfers = Array.from({ length: 502 }, (_, i): Transfer => {
      return {
        from: USD,
        amount: 7n,
        blockNumber: BigInt(Math.floor(i / 2)),
        logIndex: i,
        transactionHash: hashOf(1n),
      };
    });
    let refusedAfter = 0n;
    const transfersTo = ({ fromBlock, toBlock }: TransfersToParameters) => {
      const found = transfers.filter(({ blockNumber }) => blockNumber >= fromBlock);
      return Promise.resolve({ transfers: found, readTo: toBlock - refusedAfter });
    };
    const asking = await createServer({ ...source, view: () => source.view(), transfersTo });
    const read = async (more: string) =>
      (await asking.inject(`${url}${more}`)).json<{ data: { payments: object[]; nextFrom: string } }>();
    const first = await read("");
    expect([first.data.payments.length, first.data.nextFrom]).to.deep.equal([500, "250"]);
    expect(first.data.payments[0]).to.deep.include({ from: USD, blockNumber: "0" });
    transfers.length = 0;
    expect((await read("")).data).to.deep.include({ payments: [], nextFrom: null });
    refusedAfter = 2n;
    expect((await read("")).data).to.deep.include({ payments: [], nextFrom: "4" });
    await asking.close();
  });

  it("work with the typed client", async () => {
    const fetch = async (request: Request) => {
      const { pathname, search } = new URL(request.url);
      const response = await server.inject(`${pathname}${search}`);
      return new Response(response.body, {
        status: response.statusCode,
        headers: { "content-type": String(response.headers["content-type"]) },
      });
    };
    const client = createClient("http://here/", { fetch });
    const ids: number[] = [];
    const pages = everyPage(async (after) => {
      const { data, error } = await client.GET("/v1/releases", {
        params: { query: { limit: 7, ...(after && { after }) } },
      });
      if (error) throw new Error(error.detail);
      return data;
    });
    for await (const { id } of pages) ids.push(id);
    expect(ids).to.deep.equal(Array.from({ length: 40 }, (_, i) => i + 1));
    const { error } = await client.GET("/v1/releases/{release}", { params: { path: { release: 99 } } });
    expect(error?.detail).to.contain("release 99");
    expect(error?.code).to.equal("unknown-release");
  });
});
