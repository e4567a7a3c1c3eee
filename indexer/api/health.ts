import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { showBlock, showFinalBlock } from "../query/present.ts";
import { Block, FinalBlock } from "../query/shapes.ts";
import type { ViewSource } from "../live/view.ts";

/** Without a node, a newest block of this age counts as a sign that the writing process has stopped. */
const OLDEST_UNCONFIRMED_MS = 600_000;

const HealthAnswer = z
  .object({
    status: z
      .enum(["ready", "syncing", "failed"])
      .describe(
        "`ready`: the head of the chain is indexed. `syncing`: catching up; the head is not indexed, or the last request to a node or the store failed (`lastError`). `failed`: a fatal error, see the log. `ready` here is stricter than `/health/ready`, which decides whether to send requests here.",
      ),
    chainId: z.int().describe("The id of the chain."),
    registry: z.string().describe("The address of the asset registry."),
    ledger: z.string().describe("The address of the fee ledger."),
    periphery: z
      .object({
        inlets: z.string().describe("The address of the contract that opens inlets."),
        signedPayments: z.string().describe("The address of the contract that takes signed payments."),
        preview: z.string().describe("The address of the contract that previews releases."),
        outlets: z
          .string()
          .nullable()
          .describe("The address of the contract that opens outlets; null if the deployment has none."),
      })
      .nullable()
      .describe(
        "The contracts around the ledger, from the deployment file; null if the file does not name the first three of them.",
      ),
    block: Block.nullable().describe("The newest indexed block; null before the first."),
    head: z
      .string()
      .nullable()
      .describe("The number of the newest block of the chain that is known, as a decimal string; null before any is."),
    headFrom: z
      .enum(["chain", "store"])
      .describe(
        "The source of `head`. `chain`: a node of the chain. `store`: only the store that another process writes. Then this process cannot know whether the other one keeps up with the chain.",
      ),
    final: FinalBlock.nullable().describe(
      "The newest final block; null if none is known yet. It can be above the newest indexed block while the indexer is far behind.",
    ),
    lastContact: z.iso
      .datetime()
      .nullable()
      .describe("The time of the last answer from a node of the chain, or from the store if `headFrom` is `store`."),
    lastError: z
      .string()
      .nullable()
      .describe("The error of the last failed request to a node or the store; null once a request succeeds again."),
    verification: z
      .object({
        block: Block.describe("The block at which the index was compared with the contracts."),
        compared: z.int().describe("The number of contract answers that were compared with the index."),
        logs: z.int().describe("The number of logs of the chain that were compared with the journal."),
        differing: z.int().describe("The number of answers and logs that differ."),
        withheld: z
          .int()
          .describe(
            "The number of logs in the journal that the node did not return. This alone does not count as a difference.",
          ),
        sampled: z.boolean().describe("True if only a sample was compared."),
        at: z.iso.datetime().describe("The time of the verification."),
      })
      .nullable()
      .describe("The last verification since the process started; null if there was none."),
  })
  .meta({ id: "Health", description: "The health of the indexer for one chain." });

const ReadinessAnswer = z
  .object({
    ready: z.boolean().describe("True if all chains are ready."),
    chains: z.array(
      z.object({
        chainId: z.int().describe("The id of the chain."),
        ready: z.boolean().describe("True if this chain is indexed up to a few blocks behind its head."),
        behind: z
          .string()
          .nullable()
          .describe(
            "The number of blocks behind the head, as a decimal string; null if it is unknown, for example without a node.",
          ),
        age: z
          .int()
          .nullable()
          .describe("The age of the newest indexed block in seconds; null before the first block."),
      }),
    ),
  })
  .meta({ id: "Readiness", description: "True if the service is ready for requests." });

const LiveAnswer = z
  .object({ live: z.literal(true).describe("Always true.") })
  .meta({ id: "Liveness", description: "The process answers." });

/** Registers `GET /health` for one source. */
export function addHealth(server: FastifyInstance, source: ViewSource, { documented }: { documented: boolean }): void {
  server.get(
    "/health",
    {
      schema: {
        hide: !documented,
        operationId: "health",
        tags: ["Service"],
        summary: "Health check of one chain: whether the indexer keeps up with it",
        response: { 200: HealthAnswer, 503: HealthAnswer },
      },
    },
    (_request, reply) => {
      const { chainId, registry, ledger, periphery = {} } = source.source;
      const { inlets, signedPayments, preview, outlets } = periphery;
      const { head, headFrom, final, failure, lastContact, lastError } = source.health;
      const block = source.view()?.block;
      const upToDate = block && head !== undefined && block.number >= head && lastError === undefined;
      const status = failure ? "failed" : upToDate ? "ready" : "syncing";
      return reply.status(failure ? 503 : 200).send({
        status,
        chainId,
        registry,
        ledger,
        periphery:
          inlets && signedPayments && preview
            ? {
                inlets: inlets.address,
                signedPayments: signedPayments.address,
                preview: preview.address,
                outlets: outlets?.address ?? null,
              }
            : null,
        block: block ? showBlock(block, source) : null,
        head: head === undefined ? null : String(head),
        headFrom,
        final: final ? showFinalBlock(final) : null,
        lastContact: lastContact?.toISOString() ?? null,
        lastError: failure ? "A fatal error has stopped the indexer. Its log has the reason." : (lastError ?? null),
        verification: showVerification(source),
      });
    },
  );
}

export interface ReadinessLimits {
  /** The highest number of blocks behind the head at which a chain is ready. */
  readyWithin: bigint;
  /** The highest age of the newest indexed block; 0: any age. Default: 600,000 without a node, else 0. */
  readyAgeMs?: number | undefined;
}

/** Registers `GET /health/live` and `GET /health/ready`: ready if all chains are. */
export function addReadiness(server: FastifyInstance, sources: readonly ViewSource[], limits: ReadinessLimits): void {
  const tags = ["Service"];
  server.get(
    "/health/live",
    {
      schema: {
        operationId: "live",
        tags,
        summary: "Liveness check: whether the process answers",
        response: { 200: LiveAnswer },
      },
    },
    () => ({ live: true }),
  );
  server.get(
    "/health/ready",
    {
      schema: {
        operationId: "ready",
        tags,
        summary: "Readiness check: whether every chain is indexed up to a few blocks behind its head",
        response: { 200: ReadinessAnswer, 503: ReadinessAnswer },
      },
    },
    (_request, reply) => {
      const chains = sources.map((source) => {
        const behind = source.health.headFrom === "chain" ? blocksBehind(source) : undefined;
        return {
          chainId: source.source.chainId,
          ready: isReady(source, limits),
          behind: behind === undefined ? null : String(behind),
          age: ageOf(source) ?? null,
        };
      });
      const ready = chains.every((chain) => chain.ready);
      return reply.status(ready ? 200 : 503).send({ ready, chains });
    },
  );
}

/** Returns the number of blocks between the indexed block and the head; undefined while it is unknown. */
export function blocksBehind(source: ViewSource): bigint | undefined {
  const { head } = source.health;
  const block = source.view()?.block.number;
  if (block === undefined || head === undefined) return undefined;
  return head > block ? head - block : 0n;
}

function isReady(source: ViewSource, { readyWithin, readyAgeMs }: ReadinessLimits): boolean {
  const { failure, headFrom } = source.health;
  const [behind, age] = [blocksBehind(source), ageOf(source)];
  if (failure || behind === undefined || age === undefined || behind > readyWithin) return false;
  const limitMs = readyAgeMs ?? (headFrom === "store" ? OLDEST_UNCONFIRMED_MS : 0);
  return limitMs === 0 || age * 1_000 <= limitMs;
}

/** Returns the age of the newest indexed block in seconds; undefined before the first. */
function ageOf(source: ViewSource): number | undefined {
  const block = source.view()?.block;
  return block && Math.floor(Date.now() / 1_000) - block.timestamp;
}

function showVerification(source: ViewSource) {
  if (!source.verification) return null;
  const { at, result } = source.verification;
  const { block, compared, logs, differing, withheld, sampled } = result;
  return { block: showBlock(block, source), compared, logs, differing, withheld, sampled, at: at.toISOString() };
}
