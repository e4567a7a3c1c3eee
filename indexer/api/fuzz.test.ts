import Ajv2020 from "ajv/dist/2020.js";
import { expect } from "chai";
import type { FastifyInstance } from "fastify";
import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  type GraphQLField,
  GraphQLEnumType,
  type GraphQLInputType,
  GraphQLInputObjectType,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from "graphql";
import { seededRandom } from "#node/seededRandom.ts";
import { USD } from "../../test/support/economy/graphs.ts";
import { PEOPLE, randomEconomy } from "../../test/support/economy/randomEconomy.ts";
import { viewSourceOf } from "../../test/support/indexer/viewSource.ts";
import { type ProblemCode, problemCodes } from "../query/problemCodes.ts";
import { createServer } from "./createServer.ts";

interface Parameter {
  name: string;
  in: "query" | "path" | "header";
  required: boolean;
  schema: { type?: string; enum?: string[]; minimum?: number; maximum?: number; $ref?: string };
}
interface Operation {
  operationId: string;
  parameters?: Parameter[];
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
type Document = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, object> } };

const ROUNDS = process.env.FUZZ === "long" ? 2_000 : 40;
/** Processor time of this thread, which other processes do not lengthen. */
const cpuMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

const SLOWEST_MS = 3_000;
const HOSTILE = [
  "",
  " ",
  "0",
  "-1",
  "1.5",
  "1e3",
  "0x10",
  "NaN",
  "null",
  "undefined",
  "true",
  "[]",
  "{}",
  "__proto__",
  "constructor",
  "toString",
  "'; DROP TABLE logs; --",
  "../../etc/passwd",
  "%00",
  "\u0000",
  "\ud800",
  "😀",
  "٣",
  "9007199254740993",
  "1099511627776",
  "99999999999999999999999999",
  "a".repeat(5_000),
  "(a+)+$",
  "0x",
  `0x${"g".repeat(40)}`,
  `0x${"f".repeat(40)}`,
  `0x${"f".repeat(64)}`,
  "1-0",
  "1-99",
  "1-1-1",
  "-",
];

interface GraphqlError {
  message: string;
  extensions: { code: string };
}

interface Refused {
  code: ProblemCode;
  title: string;
  status: number;
}

/** Asserts that a refusal has a listed code with its status and title. */
function expectListed({ statusCode, body }: { statusCode: number; body: string }, what: string): void {
  const { code, title, status } = JSON.parse(body) as Refused;
  expect(problemCodes, what).to.have.property(code);
  expect({ title, status, statusCode }, what).to.deep.equal({
    title: problemCodes[code].title,
    status: problemCodes[code].status,
    statusCode: problemCodes[code].status,
  });
}

describe("the API under random requests", function () {
  this.timeout(600_000);
  let server: FastifyInstance;
  let document: Document;
  const state = randomEconomy();
  const ajv = new Ajv2020.default({ strict: false, validateFormats: false });
  const valid: Record<string, string[]> = {
    asset: ["1", "2", "5"],
    release: ["1", "7", "40"],
    fee: ["1-0", "1-59"],
    address: PEOPLE,
    account: PEOPLE,
    payer: PEOPLE,
    inlet: PEOPLE,
    outlet: PEOPLE,
    owner: [USD],
    currency: [USD],
    block: ["5", "3"],
    limit: ["1", "2", "500"],
    after: ["1", "7", "1-5", "2-1", ...PEOPLE],
    since: ["0", "1"],
    until: ["0", "1", "999999999999"],
    search: ["asset", "Acme"],
    reference: [`0x${"00".repeat(32)}`],
    types: ["fee,block"],
  };

  before(async () => {
    server = await createServer(viewSourceOf(state, 5n, { 3: randomEconomy(2, 3, 2) }));
    document = (await server.inject("/openapi.json")).json<Document>();
    ajv.addSchema({ $id: "openapi", components: document.components });
  });
  after(() => server.close());

  const schemaOf = (schema: object) =>
    ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components')) as object);

  it("answers every operation by its schema, or refuses with a reason", async () => {
    const { next: random } = seededRandom(7);
    const below = (most: number) => Math.floor(random() * most);
    const oneOf = <T>(items: readonly T[]): T => items[below(items.length)] as T; // never empty here
    const valueOf = ({ name, schema }: Parameter) => {
      if (below(4) === 0) return oneOf(HOSTILE);
      const { enum: choices, minimum, maximum } = schema;
      if (choices) return oneOf(choices);
      if (valid[name] && below(4) > 0) return oneOf(valid[name]);
      if (schema.type === "integer")
        return String(oneOf([minimum ?? 0, maximum ?? 1, (minimum ?? 0) - 1, (maximum ?? 1) + 1, 3]));
      return oneOf(valid[name] ?? HOSTILE);
    };
    const statuses = new Map<number, number>();
    for (const [path, { get: operation }] of Object.entries(document.paths)) {
      if (!operation || operation.operationId === "events") continue;
      const validators = new Map(
        Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
          Object.entries(content).map(([type, { schema }]) => [`${status} ${type}`, schemaOf(schema)]),
        ),
      );
      for (let round = 0; round < ROUNDS; round++) {
        const query = new URLSearchParams();
        let url = path;
        for (const parameter of operation.parameters ?? []) {
          if (parameter.in === "path")
            url = url.replace(`{${parameter.name}}`, encodeURIComponent(valueOf(parameter).toWellFormed()));
          else if (parameter.in === "query" && (parameter.required || below(3) === 0)) {
            for (let times = below(12) === 0 ? 2 : 1; times > 0; times--)
              query.append(parameter.name, valueOf(parameter));
          }
        }
        if (below(20) === 0) query.append(oneOf(HOSTILE), oneOf(HOSTILE));
        const began = cpuMs();
        const accept = oneOf(["*/*", "application/json", "text/csv", "image/png", "text/csv;q=0"]);
        const response = await server.inject({ method: "GET", url: `${url}?${query}`, headers: { accept } });
        const what = `${url}?${query} → ${response.statusCode} ${response.body.slice(0, 300)}`;
        expect(cpuMs() - began, what).to.be.below(SLOWEST_MS);
        statuses.set(response.statusCode, (statuses.get(response.statusCode) ?? 0) + 1);
        expect(response.statusCode, what).to.satisfy((code: number) => code < 500 || code === 501 || code === 503);
        const [type = ""] = String(response.headers["content-type"]).split(";");
        if (type === "application/problem+json") expectListed(response, what);
        else if (response.statusCode >= 400) expect(path, what).to.match(/\/graphql$|^\/health/);
        const group = `${String(response.statusCode)[0]}XX`;
        // A URL that matches no route has no schema.
        if (response.statusCode === 404 && response.body.includes("page /")) continue;
        const validate = validators.get(`${response.statusCode} ${type}`) ?? validators.get(`${group} ${type}`);
        expect(validate, what).to.not.equal(undefined);
        const body: unknown = type === "text/csv" ? response.body : response.json();
        expect(validate?.(body), `${what} ${JSON.stringify(validate?.errors)}`).to.equal(true);
      }
    }
    expect(statuses.get(200), JSON.stringify([...statuses])).to.be.greaterThan(ROUNDS);
    expect(statuses.get(400)).to.be.greaterThan(ROUNDS);
  });

  it("refuses other methods, malformed bodies and malformed headers, and goes on", async () => {
    const { next: random } = seededRandom(8);
    const oneOf = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T; // never empty here
    const types = ["application/json", "text/plain", "application/x-www-form-urlencoded", "application/graphql", ""];
    for (let round = 0; round < 5 * ROUNDS; round++) {
      const response = await server.inject({
        method: oneOf(["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "GET"] as const),
        url: oneOf(["/v1/graphql", "/v1/assets", "/v1/fees/1-0", "/health", "/openapi.json", "/docs", "/"]),
        headers: {
          "content-type": oneOf(types),
          "if-none-match": oneOf(HOSTILE).replaceAll(/[^\x20-\x7e]/g, "?"),
          accept: "text/csv",
        },
        ...(random() < 0.8 && {
          payload: oneOf(["{", "null", "[]", '"', '{"query":1}', '{"query":"{"}', "x".repeat(70_000), ...HOSTILE]),
        }),
      });
      expect(response.statusCode, response.body.slice(0, 300)).to.be.below(500);
      if (String(response.headers["content-type"]).startsWith("application/problem+json") && response.body !== "") {
        expectListed(response, response.body.slice(0, 300));
      }
    }
  });

  it("answers random GraphQL queries with data or with reasons", async () => {
    const introspected = await server.inject({
      method: "POST",
      url: "/v1/graphql",
      payload: { query: getIntrospectionQuery() },
    });
    const schema = buildClientSchema(introspected.json<{ data: IntrospectionQuery }>().data);
    const outcomes = { data: 0, errors: 0, refused: 0 };
    for (let seed = 0; seed < 8 * ROUNDS; seed++) {
      const query = randomQuery(schema, seededRandom(seed).next, valid);
      const began = cpuMs();
      const response = await server.inject({ method: "POST", url: "/v1/graphql", payload: { query } });
      const body = response.json<{ data?: object | null; errors?: GraphqlError[] }>();
      const what = `${query} → ${response.statusCode} ${response.body.slice(0, 500)}`;
      expect(cpuMs() - began, what).to.be.below(SLOWEST_MS);
      expect([200, 400], what).to.include(response.statusCode);
      for (const { message, extensions } of body.errors ?? []) {
        expect(problemCodes, what).to.have.property(extensions.code);
        expect(extensions.code, what).to.not.equal("internal-fault");
        // A message quotes the value that it refuses, and one of the random values is "undefined".
        expect(message.replaceAll(/(has|have) the cursor \S+/g, ""), what).to.not.match(
          /Internal error|undefined|Cannot return null|Syntax|Cannot query field/,
        );
      }
      if (response.statusCode === 400) outcomes.refused++;
      else if (body.errors) outcomes.errors++;
      else outcomes.data++;
    }
    expect(outcomes.data, JSON.stringify(outcomes)).to.be.greaterThan(ROUNDS);
  });

  for (const [name, query, reason] of [
    [
      "deep",
      `{ asset(asset: 1) ${"{ releases(first: 1) { nodes { asset ".repeat(6)}{ id }${"} } }".repeat(6)} }`,
      "deeper",
    ],
    [
      "wide",
      `{ ${Array.from({ length: 250 }, (_, i) => `a${i}: fees(first: 500){nodes{id}}`).join(" ")} }`,
      "more than",
    ],
    [
      "aliased",
      `{ ${Array.from({ length: 25 }, (_, i) => `a${i}: plan(address: "${USD}") { account { address } }  b${i}: economyHealth(currency: "${USD}") { accounts { hhi } }`).join(" ")} }`,
      "cost",
    ],
    ["multiplied", "{ assets(first: 500) { nodes { releases(first: 500) { nodes { id } } } } }", "cost"],
    [
      "bomb of fragments",
      `{ ...f0 } ${Array.from({ length: 12 }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`).join(" ")} fragment f12 on Query { __typename }`,
      "fields|deeper",
    ],
    ["fragments in a circle", "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", "deeper"],
  ] as const) {
    it(`refuses a GraphQL query that is ${name}`, async () => {
      const began = cpuMs();
      const response = await server.inject({ method: "POST", url: "/v1/graphql", payload: { query } });
      expect(response.statusCode, response.body.slice(0, 300)).to.equal(400);
      expect(response.body).to.match(new RegExp(reason));
      for (const { extensions } of response.json<{ errors: GraphqlError[] }>().errors) {
        expect(extensions.code).to.equal("graphql-too-costly");
      }
      expect(cpuMs() - began).to.be.below(500);
    });
  }
});

/** Makes a random query that fits the schema and the types of its arguments. */
function randomQuery(schema: GraphQLSchema, random: () => number, valid: Record<string, string[]>): string {
  const below = (most: number) => Math.floor(random() * most);
  const oneOf = <T>(items: readonly T[]): T => items[below(items.length)] as T; // never empty here
  const query = schema.getQueryType();
  if (!query) throw new Error("There is no query type.");
  return selection(query, 0);

  function selection(type: GraphQLObjectType, depth: number): string {
    const fields = Object.values(type.getFields());
    const leaves = fields.filter((field) => !(getNamedType(field.type) instanceof GraphQLObjectType));
    const choices = depth > 8 && leaves.length > 0 ? leaves : fields;
    const chosen = Array.from({ length: 1 + below(3) }, (_, i) => `a${i}: ${fieldOf(oneOf(choices), depth)}`);
    return `{ __typename ${chosen.join(" ")} }`;
  }

  function fieldOf(field: GraphQLField<unknown, unknown>, depth: number): string {
    const given = field.args.filter(
      ({ type, name }) => type instanceof GraphQLNonNull || (name === "first" ? below(2) : below(6)) === 0,
    );
    const args = given.map(({ name, type }) => `${name}: ${valueOf(name, type)}`);
    const inner = getNamedType(field.type);
    const rest = inner instanceof GraphQLObjectType ? selection(inner, depth + 1) : "";
    return `${field.name}${args.length > 0 ? `(${args.join(", ")})` : ""} ${rest}`;
  }

  function valueOf(name: string, type: GraphQLInputType): string {
    const inner = getNamedType(type);
    if (inner instanceof GraphQLEnumType) return oneOf(inner.getValues()).name;
    if (inner instanceof GraphQLInputObjectType) {
      const fields = Object.values(inner.getFields()).filter(() => below(3) === 0);
      return `{ ${fields.map((field) => `${field.name}: ${valueOf(field.name, field.type)}`).join(", ")} }`;
    }
    if (inner.name === "Int") return String(oneOf([1, 2, 3, 0, -1, 500, 501]));
    if (inner.name === "Boolean") return oneOf(["true", "false"]);
    return JSON.stringify(below(5) === 0 ? oneOf(HOSTILE).toWellFormed().slice(0, 500) : oneOf(valid[name] ?? ["x"]));
  }
}
