import type { FastifyInstance, FastifyReply } from "fastify";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import mercurius from "mercurius";
import { z } from "zod";
import { checkParams, findBlock, type Reading, readView, requireHash, viewAt } from "../query/ask.ts";
import type { BlockName } from "../query/parameters.ts";
import { showBlock } from "../query/present.ts";
import { Problem } from "../query/problem.ts";
import type { ProblemCode } from "../query/problemCodes.ts";
import type { Params } from "../query/question.ts";
import type { ViewSource } from "../live/view.ts";
import { asProblem } from "./asProblem.ts";
import { queryCost } from "./graphqlCost.ts";
import { graphqlSchema, type GraphqlContext } from "./graphqlSchema.ts";
import { queryParser } from "./queryParser.ts";
import { ProblemCodeAnswer, problems } from "./rest.ts";

const LONGEST_QUERY = 10_000;

const Request = z.strictObject({
  query: z.string().min(1).max(LONGEST_QUERY).describe("The GraphQL query."),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().max(200).nullish(),
  extensions: z.unknown().optional(),
});
const Query = z.strictObject({
  query: Request.shape.query,
  variables: z.string().max(LONGEST_QUERY).optional().describe("The variables of the query, as a JSON object."),
  operationName: z.string().max(200).optional(),
});
const GraphqlAnswer = z
  .object({
    data: z.record(z.string(), z.unknown()).nullable().optional(),
    errors: z
      .array(z.object({ message: z.string(), extensions: z.object({ code: ProblemCodeAnswer }).loose() }).loose())
      .optional(),
    extensions: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({
    id: "GraphqlAnswer",
    description:
      "A GraphQL response. `extensions.block` is the block that the answer holds for. `extensions.code` of an error is the kind of refusal.",
  });

type AddRoutes = (server: FastifyInstance, source: ViewSource, options: { documented: boolean }) => void;

/** Prepares GraphQL and returns the function that adds its routes for a source. */
export async function addGraphql(server: FastifyInstance): Promise<AddRoutes> {
  const schema = graphqlSchema();
  // Mercurius parses again: given our document, whose nodes have no locations, its errors would have none either.
  const parseQuery = queryParser();
  await server.register(mercurius, { schema, jit: 1, routes: false, graphiql: false, cache: 256 });

  return (routes, source, { documented }) => {
    const shared = {
      hide: !documented,
      tags: ["GraphQL"],
      description:
        "The same questions as a graph. A field that refers to an object returns the object itself, and lists are Relay connections. Introspection returns the schema. A query may be at most 15 fields deep, have at most 2,000 fields and cost at most 50,000. A plain field costs 1, a field that takes long up to 5,000, `block` 2,000 more; page sizes multiply.",
      response: {
        200: GraphqlAnswer,
        400: {
          description: "The query was refused. The body contains the reason.",
          content: { "application/json": { schema: GraphqlAnswer }, ...problems["4xx"].content },
        },
        ...problems,
      },
    };
    routes.post(
      "/graphql",
      { schema: { ...shared, operationId: "graphql", summary: "Answers a GraphQL query", body: Request } },
      (request, reply) => {
        if (typeof request.body !== "object" || request.body === null) {
          throw new Problem("malformed-parameter", "query: the body must be a JSON object with a query");
        }
        return answer(checkParams(Request, request.body as Params) as z.output<typeof Request>, source, reply);
      },
    );
    routes.get(
      "/graphql",
      {
        schema: {
          ...shared,
          operationId: "graphqlByGet",
          summary: "Answers a GraphQL query that is in the URL",
          querystring: Query,
        },
      },
      (request, reply) => {
        const { variables, ...rest } = checkParams(Query, request.query as Params) as z.output<typeof Query>;
        return answer(
          { ...rest, variables: variables === undefined ? null : parseVariables(variables) },
          source,
          reply,
        );
      },
    );
  };

  async function answer(request: z.output<typeof Request>, source: ViewSource, reply: FastifyReply) {
    const { query, variables, operationName } = request;
    const gone = new AbortController();
    reply.raw.once("close", () => gone.abort());
    try {
      queryCost(schema, parseQuery(query), variables ?? {});
      return await readView(
        source,
        undefined,
        async (reading) => {
          const earlier = new EarlierReadings(source, reading, gone.signal);
          const context: GraphqlContext = {
            source,
            reading,
            readingAt: (block) => earlier.at(block),
            failed: graphqlErrorOf,
          };
          try {
            const result = await server.graphql(query, { ...context }, variables ?? {}, operationName ?? undefined);
            return {
              ...result,
              ...(result.errors && { errors: result.errors.map(codedError) }),
              extensions: { block: showBlock(reading.view.block, source) },
            };
          } finally {
            earlier.release();
          }
        },
        { signal: gone.signal },
      );
    } catch (error) {
      const errors = error instanceof GraphQLError ? [error] : (error as { errors?: GraphQLError[] }).errors;
      if (!errors) throw error;
      return reply.status(400).send({ errors: errors.map(codedError) });
    }
  }
}

/** Views of earlier blocks that one request reads. None changes until the request is answered. */
class EarlierReadings {
  readonly #readings = new Map<bigint, Promise<Reading>>();
  readonly #answered = Promise.withResolvers<void>();
  readonly #source: ViewSource;
  readonly #newest: Reading;
  readonly #signal: AbortSignal;

  constructor(source: ViewSource, newest: Reading, signal: AbortSignal) {
    this.#source = source;
    this.#newest = newest;
    this.#signal = signal;
  }

  async at(name: BlockName): Promise<Reading> {
    const named = await findBlock(this.#source, name);
    const reading = await this.#numbered(named.number ?? this.#newest.view.block.number);
    requireHash(reading.view, named);
    return reading;
  }

  #numbered(block: bigint): Promise<Reading> {
    if (block === this.#newest.view.block.number) return Promise.resolve(this.#newest);
    const cached = this.#readings.get(block);
    if (cached) return cached;
    const reading = this.#begin(block);
    this.#readings.set(block, reading);
    return reading;
  }

  async #begin(block: bigint): Promise<Reading> {
    const view = await viewAt(this.#source, block);
    // This request holds the view already. Waiting for it would never end.
    if (view.turns === this.#newest.view.turns) return { view, walk: this.#newest.walk };
    return new Promise((resolve, reject) => {
      const read = async (walk: Reading["walk"]) => {
        resolve({ view, walk });
        await this.#answered.promise;
      };
      view.turns.hold(read, { signal: this.#signal }).catch(reject);
    });
  }

  release(): void {
    this.#answered.resolve();
  }
}

function parseVariables(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new Problem("malformed-parameter", "variables: must be a JSON object");
  }
}

/** Turns the error of a resolver into one that the caller may see. */
function graphqlErrorOf(error: unknown): Error {
  const problem = asProblem(error as Error);
  const { code, status, title, message } = problem;
  if (status === 500) console.error(error);
  return new GraphQLError(message, { extensions: { code, status, title } });
}

/** Formats an error. An error without a path and without a code is GraphQL's own: the query is wrong. */
function codedError({ message, locations, path, extensions }: GraphQLError): GraphQLFormattedError {
  const code: ProblemCode = path ? "internal-fault" : "graphql-malformed";
  return { message, ...(locations && { locations }), ...(path && { path }), extensions: { code, ...extensions } };
}
