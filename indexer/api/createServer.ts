import cors from "@fastify/cors";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { z } from "zod";
import { showBlock } from "../query/present.ts";
import { notFound, type Problem } from "../query/problem.ts";
import { Block } from "../query/shapes.ts";
import type { ViewSource } from "../view.ts";
import { asProblem } from "./asProblem.ts";
import { addEvents } from "./events.ts";
import { addGraphql } from "./graphql.ts";
import { addQuestions } from "./rest.ts";

const LONGEST_BODY_BYTES = 64 * 1024;
const REQUEST_TIMEOUT_MS = 15_000;

const HealthAnswer = z
  .object({
    status: z.enum(["ready", "syncing", "failed"]),
    chainId: z.int(),
    registry: z.string(),
    ledger: z.string(),
    block: Block.nullable(),
    head: z.string().nullable().describe("The chain's newest block as far as is known."),
    lastContact: z.iso.datetime().nullable().describe("When the chain's node last answered."),
    lastError: z.string().nullable().describe("Why the last request to it failed, until it answers again."),
  })
  .meta({ id: "Health", description: "Whether the indexer keeps up." });

export interface CreateServerOptions {
  /** How often those who listen to events hear that the connection stands. */
  heartbeatMs?: number;
}

/**
 * The API over one deployment or several, on different chains: REST, GraphQL and live events. Every answer names the
 * block that it holds at; every refusal is `application/problem+json` and says why. The OpenAPI document is at
 * `/openapi.json`, a page to try it at `/docs`.
 *
 * @param given The first is served below `/v1`, each below `/chains/<chain id>/v1`.
 */
export async function createServer(
  given: ViewSource | readonly ViewSource[],
  { heartbeatMs }: CreateServerOptions = {},
): Promise<FastifyInstance> {
  const sources = [given].flat();
  const [first] = sources;
  if (!first) throw new RangeError("There is nothing to serve.");
  const server = Fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: LONGEST_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: 200 },
    // Addresses that cannot be read at all do not reach the error handler below.
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, asProblem(error)),
  });
  // Questions check what they are asked with themselves, the same way for every API.
  server.setValidatorCompiler(() => () => true);
  server.setSerializerCompiler(() => JSON.stringify);
  server.setErrorHandler((error: FastifyError | Problem, _request, reply) => {
    const problem = asProblem(error);
    if (problem.status === 500) console.error(error);
    return sendProblem(reply, problem);
  });
  server.setNotFoundHandler((request) => {
    throw notFound(`page ${request.url}`, "GET / lists what can be asked.");
  });

  await server.register(cors, {
    origin: "*",
    methods: ["GET", "HEAD", "POST"],
    maxAge: 86_400,
    exposedHeaders: ["etag", "link", "x-block"],
  });
  await server.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Tributary indexer",
        version: "1",
        description:
          "Who built what from what, and where the money went. Computed from the events of one deployment; the chain is the authority. Amounts are decimal strings of base units. Lists answer a page and, as `next`, the value of `after` for the next one; name a `block` to page through a list that does not move. GraphQL asks the same at `/v1/graphql`. Where several chains are served, each is below `/chains/{chainId}`.",
      },
      servers: [
        { url: "/", description: `Chain ${first.source.chainId}` },
        ...sources.map(({ source: { chainId } }) => ({ url: `/chains/${chainId}`, description: `Chain ${chainId}` })),
      ],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => withoutDoubles(jsonSchemaTransformObject(document)),
  });
  await server.register(swaggerUi, { routePrefix: "/docs", uiConfig: { docExpansion: "list", deepLinking: true } });
  const addGraphqlRoutes = await addGraphql(server);

  const addSource = (source: ViewSource, prefix: string, documented: boolean) =>
    server.register(
      (scope, _options, done) => {
        addHealth(scope, source, documented);
        void scope.register(
          (routes, _none, ready) => {
            addQuestions(routes, source, { documented });
            addEvents(routes, source, { documented, ...(heartbeatMs !== undefined && { heartbeatMs }) });
            addGraphqlRoutes(routes, source, { documented });
            ready();
          },
          { prefix: "/v1" },
        );
        done();
      },
      { prefix },
    );
  await addSource(first, "", true);
  for (const source of sources) await addSource(source, `/chains/${source.source.chainId}`, false);

  server.get("/", { schema: { hide: true } }, () => ({
    about: "Tributary indexer: who built what from what, and where the money went.",
    description: "/openapi.json",
    tryIt: "/docs",
    chains: sources.map(({ source: { chainId } }) => ({ chainId, at: `/chains/${chainId}/v1` })),
    ask: Object.keys(server.swagger().paths ?? {}),
  }));
  server.get("/openapi.json", { schema: { hide: true } }, () => server.swagger());
  return server;
}

function addHealth(server: FastifyInstance, source: ViewSource, documented: boolean): void {
  server.get(
    "/health",
    {
      schema: {
        hide: !documented,
        operationId: "health",
        tags: ["Service"],
        summary: "Whether the indexer keeps up",
        response: { 200: HealthAnswer, 503: HealthAnswer },
      },
    },
    (_request, reply) => {
      const { chainId, registry, ledger } = source.source;
      const { head, failure, lastContact, lastError } = source.health;
      const block = source.view()?.block;
      const upToDate = block && head !== undefined && block.number >= head && lastError === undefined;
      const status = failure ? "failed" : upToDate ? "ready" : "syncing";
      return reply.status(failure ? 503 : 200).send({
        status,
        chainId,
        registry,
        ledger,
        block: block ? showBlock(block) : null,
        head: head === undefined ? null : String(head),
        lastContact: lastContact?.toISOString() ?? null,
        lastError: failure ? "The indexer cannot go on; its log says why." : (lastError ?? null),
      });
    },
  );
}

/** Shapes are listed once as what is sent and once as what is received, `…Input`; ours are the same. */
function withoutDoubles<T extends object>(document: T): T {
  const text = JSON.stringify(document).replaceAll(/("#\/components\/schemas\/\w+?)Input"/g, '$1"');
  const { components, ...rest } = JSON.parse(text) as T & { components?: { schemas?: Record<string, unknown> } };
  const schemas = Object.entries(components?.schemas ?? {}).filter(([name]) => !name.endsWith("Input"));
  return { ...rest, components: { ...components, schemas: Object.fromEntries(schemas) } } as unknown as T;
}

function sendProblem(reply: FastifyReply, { status, title, message: detail }: Problem) {
  return reply
    .status(status)
    .type("application/problem+json")
    .serializer(JSON.stringify)
    .send({ type: "about:blank", title, status, detail });
}
