import cors from "@fastify/cors";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from "fastify";
import { jsonSchemaTransform, jsonSchemaTransformObject } from "fastify-type-provider-zod";
import { Problem } from "../query/problem.ts";
import { problemCodes } from "../query/problemCodes.ts";
import type { Metrics } from "#node/metrics.ts";
import { strictJson } from "#protocol/texts/wellFormed.ts";
import type { ViewSource } from "../live/view.ts";
import { asProblem } from "./asProblem.ts";
import { addEvents } from "./events.ts";
import { addExplorer, type ExplorerOptions } from "./explorer.ts";
import { addGraphql } from "./graphql.ts";
import { addHealth, addReadiness, limitsOf, type ReadinessLimits } from "./health.ts";
import { addQuestions } from "./rest.ts";

const LONGEST_BODY_BYTES = 64 * 1024;
/** Timeouts for receiving a request and for answering it. */
const REQUEST_TIMEOUT_MS = 15_000;
const ANSWER_TIMEOUT_MS = 30_000;

export interface CreateServerOptions extends Partial<ReadinessLimits> {
  /** Interval of the heartbeat in live events. Default: 15,000. */
  heartbeatMs?: number;
  /** Metrics to serve at `/metrics`, including those of the requests. */
  metrics?: Metrics;
  /** Serve the query API as well as health and metrics. Default: true. */
  questions?: boolean;
  /** Serve the explorer as well. */
  explorer?: ExplorerOptions | undefined;
  /** Called with each internal fault. */
  onFault?: (error: unknown) => void;
}

/**
 * Creates the HTTP server of the API, over one deployment or several on different chains: REST, GraphQL and live
 * events. Every answer names the block that it holds for. Every refusal is `application/problem+json` with a reason.
 * The OpenAPI document is at `/openapi.json`, a page to try the API at `/docs`.
 *
 * @param given The first source is served below `/v1`, each one below `/chains/<chain id>/v1`.
 */
export async function createServer(
  given: ViewSource | readonly ViewSource[],
  options: CreateServerOptions = {},
): Promise<FastifyInstance> {
  const { heartbeatMs, metrics, onFault = console.error } = options;
  const limits = limitsOf(options);
  const sources = [given].flat();
  const [first] = sources;
  if (!first) throw new RangeError("There is nothing to serve.");
  const server = Fastify({
    logger: false,
    forceCloseConnections: "idle",
    bodyLimit: LONGEST_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    handlerTimeout: ANSWER_TIMEOUT_MS,
    routerOptions: { maxParamLength: 200 },
    // Errors in URLs that cannot be parsed do not reach the error handler below.
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, asProblem(error)),
  });
  // Questions check their parameters themselves, in the same way for REST and GraphQL.
  server.setValidatorCompiler(() => () => true);
  server.setSerializerCompiler(() => strictJson);
  server.setReplySerializer(strictJson);
  server.setErrorHandler((error: FastifyError | Problem, _request, reply) => {
    const problem = asProblem(error);
    if (problem.status === 500) onFault(error);
    return sendProblem(reply, problem);
  });
  server.setNotFoundHandler((request) => {
    const paths =
      options.questions === false
        ? "This process serves only `/health` and `/metrics`."
        : problemCodes["unknown-page"].remedy;
    throw new Problem("unknown-page", `There is nothing at ${request.url}. ${paths}`);
  });

  metrics?.addTo(server);
  if (options.questions === false) {
    addHealth(server, first, { documented: false });
    addReadiness(server, sources, limits);
    for (const source of sources) {
      await server.register(
        (scope, _options, done) => {
          addHealth(scope, source, { documented: false });
          done();
        },
        { prefix: `/chains/${source.source.chainId}` },
      );
    }
    return server;
  }

  await server.register(cors, {
    origin: "*",
    methods: ["GET", "HEAD", "POST"],
    maxAge: 86_400,
    exposedHeaders: ["etag", "link", "x-block", "x-block-final"],
  });
  await server.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Tributary indexer",
        version: "1",
        description:
          "Who built what from what, and where the money went. All answers are computed from the events of one deployment; the chain is the authority. Amounts are decimal strings of base units. A list returns one page and, as `next`, the value of `after` for the next page. Set `block` to read all pages at the same block. GraphQL serves the same questions at `/v1/graphql`. If the service has several chains, each is below `/chains/{chainId}`.\n\nWords:\n- *Settled* money has been divided, by the release that received it, among its contributions and its own asset.\n- *As if every release were settled* means that all received money is counted at its destination.\n- *Earned* is claimed plus claimable.\n- *Claimable* is earned and not claimed yet.\n- *In credit* is money that an account holds inside the ledger.\n- *Ancestor* of a release: a release that it was built from, at any depth.\n- *c* in formulas is the commons' part of all income in ppm (parts per million), as in `/v1/ledger`.\n- *Observed* values are read from a node of the chain at the time of the request.\n- *Declared* values are stated by an owner or publisher and not checked.",
      },
      servers: [
        { url: "/", description: `Chain ${first.source.chainId}` },
        ...sources.map(({ source: { chainId } }) => ({ url: `/chains/${chainId}`, description: `Chain ${chainId}` })),
      ],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => withoutDuplicates(jsonSchemaTransformObject(document)),
  });
  await server.register(swaggerUi, { routePrefix: "/docs", uiConfig: { docExpansion: "list", deepLinking: true } });
  const addGraphqlRoutes = await addGraphql(server);

  const addSource = (source: ViewSource, prefix: string, documented: boolean) =>
    server.register(
      (scope, _options, done) => {
        addHealth(scope, source, { documented });
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
  addReadiness(server, sources, limits);
  await addSource(first, "", true);
  for (const source of sources) await addSource(source, `/chains/${source.source.chainId}`, false);

  const sendExplorer = options.explorer && (await addExplorer(server, sources, options.explorer));
  server.get("/", { schema: { hide: true } }, (request, reply) => {
    const page = sendExplorer?.(request, reply);
    if (page) return page;
    return {
      about: "Tributary indexer: who built what from what, and where the money went.",
      description: "/openapi.json",
      tryIt: "/docs",
      chains: sources.map(({ source: { chainId } }) => ({ chainId, at: `/chains/${chainId}/v1` })),
      ask: Object.keys(server.swagger().paths ?? {}),
    };
  });
  server.get("/openapi.json", { schema: { hide: true } }, () => server.swagger());
  return server;
}

/** Removes duplicate shapes: the document lists each shape also as input, `…Input`, and ours are the same. */
function withoutDuplicates<T extends object>(document: T): T {
  const text = JSON.stringify(document).replaceAll(/("#\/components\/schemas\/\w+?)Input"/g, '$1"');
  const { components, ...rest } = JSON.parse(text) as T & { components?: { schemas?: Record<string, unknown> } };
  const schemas = Object.entries(components?.schemas ?? {}).filter(([name]) => !name.endsWith("Input"));
  return { ...rest, components: { ...components, schemas: Object.fromEntries(schemas) } } as unknown as T;
}

function sendProblem(reply: FastifyReply, { code, status, title, message: detail }: Problem) {
  return reply
    .status(status)
    .type("application/problem+json")
    .serializer(strictJson)
    .send({ type: "about:blank", code, title, status, detail });
}
