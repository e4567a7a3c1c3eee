import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { FastifyInstance } from "fastify";
import { randomEconomy } from "../../test/support/economy/randomEconomy.ts";
import { emptyGraph } from "../../test/support/economy/graphs.ts";
import { viewSourceOf } from "../../test/support/indexer/viewSource.ts";
import { createServer } from "./createServer.ts";

describe("the examples in docs/api.md", () => {
  const text = readFileSync(join(import.meta.dirname, "../../docs/api.md"), "utf8");
  const blocks = (language: string) =>
    [...text.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, "g"))].map(([, code = ""]) => code);
  let server: FastifyInstance;

  before(async () => {
    server = await createServer(viewSourceOf(randomEconomy(), 5n, { 1: emptyGraph() }));
  });
  after(() => server.close());

  for (const [, url = ""] of blocks("http").flatMap((block) => [...block.matchAll(/^GET (\S+)$/gm)])) {
    it(`${url} is answered`, async () => {
      const response = await server.inject(url);
      expect(response.statusCode, response.body).to.equal(200);
      expect(response.body.length).to.be.greaterThan(100);
    });
  }

  for (const [, url = "", json = ""] of text.matchAll(/```http\nGET (\S+)\n```\n\n```json\n([^]*?)```/g)) {
    it(`${url} is answered as shown`, async () => {
      const response = await server.inject(url);
      expect(response.json()).to.deep.equal(JSON.parse(json));
    });
  }

  it("show one answer with an object, and one with a list", () => {
    expect(blocks("json").map((json) => Array.isArray(JSON.parse(json).data))).to.deep.equal([false, true]);
  });

  for (const query of blocks("graphql")) {
    it("GraphQL is answered", async () => {
      const response = await server.inject({ method: "POST", url: "/v1/graphql", payload: { query } });
      expect(response.json()).to.have.property("data");
      expect(response.json()).to.not.have.property("errors");
    });
  }
});
