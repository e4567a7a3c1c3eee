import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { showBlock, showFinalBlock } from "../query/present.ts";
import { Block, FinalBlock } from "../query/shapes.ts";
import type { ViewSource } from "../live/view.ts";

/** If no node tells of newer blocks, one this old is taken as a sign that the writing process has stopped. */
const OLDEST_UNCONFIRMED_MS = 600_000;

const HealthAnswer = z
  .object({
    status: z.enum(["ready", "syncing", "failed"]),
    chainId: z.int(),
    registry: z.string(),
    ledger: z.string(),
    periphery: z
      .object({ inlets: z.string(), signedPayments: z.string(), preview: z.string() })
      .nullable()
      .describe("What stands around the ledger, as the deployment's file says; null if it names none."),
    block: Block.nullable(),
    head: z.string().nullable().describe("The chain's newest block as far as is known."),
    headFrom: z
      .enum(["chain", "store"])
      .describe(
        "Who told so: a node of the chain; or only the store that another process writes, so that nobody here knows whether that one keeps up.",
      ),
    final: FinalBlock.nullable().describe(
      "May be above the indexed block, while that is far behind; null before any is known to be final.",
    ),
    lastContact: z.iso.datetime().nullable().describe("When the chain's node last answered."),
    lastError: z.string().nullable().describe("Why the last request to it failed, until it answers again."),
    verification: z
      .object({
        block: Block,
        compared: z.int().describe("How many answers of the contracts were compared with what is indexed."),
        logs: z.int().describe("How many logs of the chain were compared with the journal."),
        differing: z.int().describe("How many of both differ."),
        withheld: z
          .int()
          .describe("How many logs of the journal the node did not give; by itself that is no difference."),
        sampled: z.boolean().describe("Not all were compared."),
        at: z.iso.datetime(),
      })
      .nullable()
      .describe("The last comparison with the contracts since the start."),
  })
  .meta({ id: "Health", description: "Whether the indexer keeps up." });

const ReadinessAnswer = z
  .object({
    ready: z.boolean(),
    chains: z.array(
      z.object({
        chainId: z.int(),
        ready: z.boolean(),
        behind: z
          .string()
          .nullable()
          .describe("How many blocks; null while that is unknown, as it is where no node of the chain is asked."),
        age: z
          .int()
          .nullable()
          .describe("How many seconds ago the newest indexed block was made; null before the first."),
      }),
    ),
  })
  .meta({ id: "Readiness", description: "Whether requests should be sent here." });

const LiveAnswer = z.object({ live: z.literal(true) }).meta({ id: "Liveness", description: "It answers." });

/** Registers `GET /health` for one source. */
export function addHealth(server: FastifyInstance, source: ViewSource, { documented }: { documented: boolean }): void {
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
      const { chainId, registry, ledger, periphery = {} } = source.source;
      const { inlets, signedPayments, preview } = periphery;
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
            ? { inlets: inlets.address, signedPayments: signedPayments.address, preview: preview.address }
            : null,
        block: block ? showBlock(block, source) : null,
        head: head === undefined ? null : String(head),
        headFrom,
        final: final ? showFinalBlock(final) : null,
        lastContact: lastContact?.toISOString() ?? null,
        lastError: failure ? "The indexer cannot go on; its log says why." : (lastError ?? null),
        verification: showVerification(source),
      });
    },
  );
}

export interface ReadinessLimits {
  /** The number of blocks behind the newest within which it is ready. */
  readyWithin: bigint;
  /** The highest age of the newest indexed block; 0 for any. Default: 600,000 where no node tells of newer ones, else 0. */
  readyAgeMs?: number | undefined;
}

/** Registers `GET /health/live` and `GET /health/ready`: ready if all chains are. */
export function addReadiness(server: FastifyInstance, sources: readonly ViewSource[], limits: ReadinessLimits): void {
  const tags = ["Service"];
  server.get(
    "/health/live",
    { schema: { operationId: "live", tags, summary: "Whether the process answers", response: { 200: LiveAnswer } } },
    () => ({ live: true }),
  );
  server.get(
    "/health/ready",
    {
      schema: {
        operationId: "ready",
        tags,
        summary: "Whether every chain is indexed up to a few blocks, so that requests should be sent here",
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

/** Returns the number of missing blocks; undefined while that is unknown. */
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

/** In seconds; undefined before the first block. */
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
