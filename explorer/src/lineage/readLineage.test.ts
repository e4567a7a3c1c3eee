import { expect } from "chai";
import { lineageNode } from "../../../test/support/lineageGraph.ts";
import { ApiProblem, connect } from "../api/client.ts";
import { readLineage } from "./readLineage.ts";

const PARAMETERS = { release: 9, direction: "up", depth: 3, currency: undefined } as const;
const nodesFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({ ...lineageNode(first + i), depth: 1 }));
const edge = { from: 2, to: 1, weightPpm: 1, passed: null };

describe("readLineage", () => {
  const { fetch } = globalThis;
  let requests: URL[] = [];
  /** Connects to a fake API whose answer to a path is a body or an error status. */
  const answerWith = (answer: (path: string, after: string | null) => object | number) => {
    requests = [];
    globalThis.fetch = (request) => {
      const url = new URL((request as Request).url); // the generated client sends a Request
      requests.push(url);
      const body = answer(url.pathname, url.searchParams.get("after"));
      const [status, content] = typeof body === "number" ? [body, { title: "Problem", detail: "Why." }] : [200, body];
      return Promise.resolve(Response.json(content, { status }));
    };
    connect("http://api.example/");
  };
  afterEach(() => {
    globalThis.fetch = fetch;
  });
  const read = (most: number, currency?: string) =>
    readLineage({ ...PARAMETERS, most, currency }, new AbortController().signal);

  it("sends one request if one page is enough", async () => {
    const data = { nodes: nodesFrom(1, 2), edges: [edge], truncated: true };
    answerWith(() => ({ data }));
    expect(await read(500, "0xab")).to.deep.equal(data);
    expect(requests.map(({ pathname, search }) => pathname + search)).to.deep.equal([
      "/v1/releases/9/lineage?direction=up&depth=3&currency=0xab&most=500",
    ]);
  });

  it("reads several pages, and returns at most the number asked for", async () => {
    answerWith((path, after) => {
      const page = Number(after ?? 0);
      if (path.endsWith("edges")) return { data: [edge], next: page < 2 ? String(page + 1) : null };
      return { data: nodesFrom(500 * page, 500), next: String(page + 1) };
    });
    const { nodes, edges, truncated } = await read(1_200);
    expect(nodes.map(({ release }) => release)).to.deep.equal(Array.from({ length: 1_200 }, (_, i) => i));
    expect([edges.length, truncated]).to.deep.equal([3, true]);
    expect(requests.map(({ pathname }) => pathname.split("/").at(-1))).to.deep.equal([
      ...Array.from({ length: 3 }, () => "nodes"),
      ...Array.from({ length: 3 }, () => "edges"),
    ]);
  });

  it("is not truncated if there are no more releases", async () => {
    answerWith((path) => ({ data: path.endsWith("edges") ? [edge] : nodesFrom(1, 2), next: null }));
    expect(await read(1_000)).to.deep.equal({ nodes: nodesFrom(1, 2), edges: [edge], truncated: false });
  });

  it("is empty for a release without a lineage", async () => {
    answerWith(() => ({ data: [], next: null }));
    expect(await read(1_000)).to.deep.equal({ nodes: [], edges: [], truncated: false });
  });

  it("stops after 20 pages of contributions and is truncated", async () => {
    answerWith((path) =>
      path.endsWith("edges") ? { data: [edge], next: "x" } : { data: nodesFrom(1, 2), next: null },
    );
    const { edges, truncated } = await read(1_000);
    expect([edges.length, truncated]).to.deep.equal([20, true]);
  });

  it("fails with the API's problem", async () => {
    answerWith(() => 404);
    const error: unknown = await read(100).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(ApiProblem).and.to.deep.include({ status: 404, title: "Problem", message: "Why." });
  });
});
