import swagger from "@fastify/swagger";
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from "fastify";
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import type { z } from "zod";
import { effectiveWeights } from "../graph/effectiveWeights.ts";
import { lineage } from "../graph/lineage.ts";
import { claimPlans, statement } from "../graph/statement.ts";
import { traceFee } from "../graph/traceFee.ts";
import { finish } from "../graph/walk.ts";
import type { Indexer } from "../indexer.ts";
import type { Fee, LedgerState } from "../ledger/state.ts";
import type { JournalBlock } from "../store/journal.ts";
import { presenter } from "./present.ts";
import { notFound, Problem } from "./problem.ts";
import * as schemas from "./schemas.ts";

/** What the API needs of the indexer. */
export type IndexerView = Pick<
  Indexer,
  "state" | "block" | "head" | "source" | "failure" | "lastContact" | "lastError"
>;

/**
 * The REST API over an indexer. Every answer names the block that it holds at; every refusal is
 * `application/problem+json` and says why. The OpenAPI document is at `/openapi.json`.
 */
export async function createServer(indexer: IndexerView): Promise<FastifyInstance> {
  const server = Fastify({
    logger: false,
    forceCloseConnections: true,
    // Addresses that cannot be read at all do not reach the error handler below.
    frameworkErrors: (error, _request, reply) => void sendProblem(reply, asProblem(error)),
  }).withTypeProvider<ZodTypeProvider>();
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  await server.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Tributary indexer",
        version: "1",
        description:
          "Who built what from what, and where the money went. Computed from the events of one deployment; the chain is the authority.",
      },
    },
    transform: jsonSchemaTransform,
  });

  server.setErrorHandler((error: FastifyError | Problem, _request, reply) => {
    const problem = asProblem(error);
    if (problem.status === 500) console.error(error);
    return sendProblem(reply, problem);
  });
  server.setNotFoundHandler((request) => {
    throw notFound(`page ${request.url}`, "GET / lists what can be asked.");
  });

  server.get("/", { schema: { hide: true } }, () => ({
    about: "Tributary indexer: who built what from what, and where the money went.",
    description: "/openapi.json",
    ask: [
      "/health",
      "/v1/currencies",
      "/v1/assets?search={text}&kind={dataset|model|agent}",
      "/v1/assets/{asset}",
      "/v1/assets/{asset}/releases",
      "/v1/releases/{release}",
      "/v1/releases/{release}/lineage?direction={up|down}&depth={edges}",
      "/v1/releases/{release}/weights",
      "/v1/fees?release={release}&payer={address}",
      "/v1/fees/{fee}/trace",
      "/v1/accounts/{address}/statement",
      "/v1/accounts/{address}/plan",
    ],
  }));
  server.get("/openapi.json", { schema: { hide: true } }, () => server.swagger());

  server.get(
    "/health",
    {
      schema: {
        summary: "Whether the indexer keeps up",
        response: { 200: schemas.HealthAnswer, 503: schemas.HealthAnswer },
      },
    },
    (_request, reply) => {
      const status = healthOf(indexer);
      void reply.status(status === "failed" ? 503 : 200);
      return {
        status,
        chainId: indexer.source.chainId,
        registry: indexer.source.registry,
        ledger: indexer.source.ledger,
        block: indexer.block ? presentBlock(indexer.block) : null,
        head: indexer.head === undefined ? null : String(indexer.head),
        lastContact: indexer.lastContact?.toISOString() ?? null,
        lastError: indexer.failure ? "The indexer cannot go on; its log says why." : (indexer.lastError ?? null),
      };
    },
  );

  server.get(
    "/v1/currencies",
    { schema: { summary: "The admitted currencies", response: answers(schemas.CurrenciesAnswer) } },
    () => ({ block: blockOf(indexer), data: [...indexer.state.currencies.values()] }),
  );

  server.get(
    "/v1/assets",
    {
      schema: {
        summary: "Assets by ascending id",
        querystring: schemas.AssetsQuery,
        response: answers(schemas.AssetsAnswer),
      },
    },
    ({ query: { limit, after, kind, search } }) => {
      const { state } = indexer;
      const text = search?.toLowerCase();
      const found = [...state.assets.values()].filter(
        (asset) =>
          asset.id > after &&
          (!kind || asset.kind === kind) &&
          (!text || [asset.name, asset.organization].some((field) => field?.toLowerCase().includes(text))),
      );
      const data = found.slice(0, limit).map(presenter(state).assetSummary);
      return { block: blockOf(indexer), data, next: found.length > limit ? String(data.at(-1)?.id) : null };
    },
  );

  server.get(
    "/v1/assets/:asset",
    {
      schema: {
        summary: "An asset, its shareholders and income",
        params: schemas.AssetParams,
        response: answers(schemas.AssetAnswer),
      },
    },
    ({ params }) => ({
      block: blockOf(indexer),
      data: presenter(indexer.state).asset(assetOf(indexer.state, params.asset)),
    }),
  );

  server.get(
    "/v1/assets/:asset/releases",
    {
      schema: {
        summary: "The releases of an asset by ascending id",
        params: schemas.AssetParams,
        querystring: schemas.ReleasesQuery,
        response: answers(schemas.ReleasesAnswer),
      },
    },
    ({ params, query: { limit, after } }) => {
      const { state } = indexer;
      const later = assetOf(state, params.asset).releases.filter((id) => id > after);
      const data = later.slice(0, limit).map((id) => presenter(state).releaseSummary(releaseOf(state, id)));
      return { block: blockOf(indexer), data, next: later.length > limit ? String(data.at(-1)?.id) : null };
    },
  );

  server.get(
    "/v1/releases/:release",
    {
      schema: {
        summary: "A release, what it was built from and what it received",
        params: schemas.ReleaseParams,
        response: answers(schemas.ReleaseAnswer),
      },
    },
    ({ params }) => ({
      block: blockOf(indexer),
      data: presenter(indexer.state).release(releaseOf(indexer.state, params.release)),
    }),
  );

  server.get(
    "/v1/releases/:release/lineage",
    {
      schema: {
        summary: "What a release was built from, or what was built on it",
        params: schemas.ReleaseParams,
        querystring: schemas.LineageQuery,
        response: answers(schemas.LineageAnswer),
      },
    },
    ({ params, query }) => {
      const { state } = indexer;
      const { assetName } = presenter(state);
      const found = finish(lineage(state, releaseOf(state, params.release).id, query.direction, query));
      const nodes = found.nodes.map(({ release, depth }) => {
        const { asset } = releaseOf(state, release);
        return { release, asset, assetName: assetName(asset), depth };
      });
      return { block: blockOf(indexer), data: { ...found, nodes } };
    },
  );

  server.get(
    "/v1/releases/:release/weights",
    {
      schema: {
        summary: "The effective weight of each ancestor",
        description:
          "Of a fee paid into this release: the part that reaches each ancestor (the sum over all paths of the product of the weights) and the part that it keeps. Limits for a large fee; a trace gives exact amounts.",
        params: schemas.ReleaseParams,
        response: answers(schemas.WeightsAnswer),
      },
    },
    ({ params }) => {
      const { state } = indexer;
      const { assetName } = presenter(state);
      const release = releaseOf(state, params.release);
      const weights = finish(effectiveWeights(state, release.id));
      const data = Array.from(weights.release, (id, i) => {
        const asset = state.releases.asset.get(id - 1);
        return {
          release: id,
          asset,
          assetName: assetName(asset),
          reachesPpm: weights.reachesPpm[i] ?? 0,
          keepsPpm: weights.keepsPpm[i] ?? 0,
          via: weights.via[i] || null,
        };
      });
      const [own, ...others] = data;
      if (own)
        data.splice(0, data.length, own, ...others.sort((a, b) => b.keepsPpm - a.keepsPpm || a.release - b.release));
      return { block: blockOf(indexer), data };
    },
  );

  server.get(
    "/v1/fees",
    {
      schema: {
        summary: "Fees, the newest first",
        querystring: schemas.FeesQuery,
        response: answers(schemas.FeesAnswer),
      },
    },
    ({ query: { limit, after, release, payer } }) => {
      const { state } = indexer;
      const before = after === undefined ? state.fees.length : feeOf(state, after).row;
      const found: Fee[] = [];
      for (let i = before - 1; i >= 0 && found.length <= limit; i--) {
        const fee = state.fees.at(i);
        if (fee && (!release || fee.release === release) && (!payer || fee.payer === payer)) found.push(fee);
      }
      const data = found.slice(0, limit).map(presenter(state).fee);
      return { block: blockOf(indexer), data, next: found.length > limit ? (data.at(-1)?.id ?? null) : null };
    },
  );

  server.get(
    "/v1/fees/:fee/trace",
    {
      schema: {
        summary: "Where one fee goes, hop by hop, to the unit",
        description:
          "What everyone is due once everything is settled with all fees up to this one, less what they were due without it. The traces of all fees add up to the ledger's totals exactly.",
        params: schemas.FeeParams,
        response: answers(schemas.TraceAnswer),
      },
    },
    ({ params }) => {
      const { state } = indexer;
      const { amount, assetName, fee: showFee } = presenter(state);
      const fee = feeOf(state, params.fee);
      const { currency } = fee;
      const trace = traceFee(state, fee);
      return {
        block: blockOf(indexer),
        data: {
          fee: showFee(fee),
          hops: trace.hops.map((hop) => ({
            release: hop.release,
            asset: hop.asset,
            assetName: assetName(hop.asset),
            received: amount(hop.received, currency),
            kept: amount(hop.kept, currency),
            passed: hop.passed.map((step) => ({ to: step.to, amount: amount(step.amount, currency) })),
          })),
          assets: trace.assets.map((due) => ({
            asset: due.asset,
            assetName: assetName(due.asset),
            kept: amount(due.kept, currency),
            commons: amount(due.commons, currency),
            shareholders: amount(due.shareholders, currency),
          })),
          pending: amount(trace.pending, currency),
        },
      };
    },
  );

  server.get(
    "/v1/accounts/:address/statement",
    {
      schema: {
        summary: "What an account holds, earned and can claim",
        params: schemas.AccountParams,
        response: answers(schemas.StatementAnswer),
      },
    },
    ({ params }) => {
      const { state } = indexer;
      const { amount, assetName } = presenter(state);
      const { lines, credits } = statement(state, params.address);
      return {
        block: blockOf(indexer),
        data: {
          account: params.address,
          lines: lines.map((line) => ({
            asset: line.asset,
            assetName: assetName(line.asset),
            shares: String(line.shares),
            earned: amount(line.earned, line.currency),
            claimed: amount(line.claimed, line.currency),
            claimableNow: amount(line.claimableNow, line.currency),
            claimableAfterSettling: amount(line.claimableAfterSettling, line.currency),
          })),
          credits: credits.map((credit) => amount(credit.amount, credit.currency)),
        },
      };
    },
  );

  server.get(
    "/v1/accounts/:address/plan",
    {
      schema: {
        summary: "What to settle and claim so that an account gets all it is owed",
        params: schemas.AccountParams,
        response: answers(schemas.PlanAnswer),
      },
    },
    ({ params }) => {
      const { state } = indexer;
      const plans = finish(claimPlans(state, params.address)).map((plan) => ({
        settle: plan.releases,
        claim: plan.assets,
        pays: presenter(state).amount(plan.amount, plan.currency),
      }));
      return { block: blockOf(indexer), data: { account: params.address, plans } };
    },
  );

  return server;
}

/** What a route answers: what was asked for, or a problem. */
const answers = <T extends z.ZodType>(answer: T) => ({
  200: answer,
  "4xx": schemas.ProblemAnswer,
  "5xx": schemas.ProblemAnswer,
});

function sendProblem(reply: FastifyReply, { status, title, message: detail }: Problem) {
  return reply.status(status).type("application/problem+json").send({ type: "about:blank", title, status, detail });
}

function blockOf(indexer: IndexerView) {
  if (indexer.failure) throw new Problem(503, "Failed", "The indexer cannot go on. Its log says why.");
  if (!indexer.block) throw new Problem(503, "Not ready", "No block is indexed yet. Try again in a moment.");
  return presentBlock(indexer.block);
}

const presentBlock = ({ number, hash, timestamp }: JournalBlock) => ({ number: String(number), hash, timestamp });

function healthOf({ failure, block, head, lastError }: IndexerView) {
  if (failure) return "failed" as const;
  const upToDate = block && head !== undefined && block.number >= head && lastError === undefined;
  return upToDate ? ("ready" as const) : ("syncing" as const);
}

function assetOf(state: LedgerState, id: number) {
  const asset = state.assets.get(id);
  if (!asset) throw notFound(`asset ${id}`, "GET /v1/assets lists them; an asset's id is that of its first release.");
  return asset;
}

function releaseOf(state: LedgerState, id: number) {
  const release = state.releases.get(id);
  if (!release) throw notFound(`release ${id}`, `Ids run from 1 to ${state.releases.size}.`);
  return release;
}

function feeOf(state: LedgerState, id: string) {
  const fee = state.fees.get(id);
  if (!fee) throw notFound(`fee ${id}`, "GET /v1/fees lists them.");
  return fee;
}

function asProblem(error: FastifyError | Problem): Problem {
  if (error instanceof Problem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const reasons = error.validation.map(({ instancePath, message }) => `${instancePath.slice(1)}: ${message}`);
    return new Problem(400, "Bad request", reasons.join("; "));
  }
  if (error.statusCode && error.statusCode < 500) return new Problem(error.statusCode, "Bad request", error.message);
  return new Problem(500, "Internal error", "The indexer failed to answer. Its log says why.");
}
