import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { showBlock, showFinalBlock } from "../query/present.ts";
import { Block, FinalBlock } from "../query/shapes.ts";
import type { ViewSource } from "../live/view.ts";

/** Without a node, a newest block of this age counts as a sign that the writing process has stopped. */
const OLDEST_UNCONFIRMED_MS = 600_000;

const Problem = z.object({
  code: z
    .string()
    .describe(
      "`bloomsUntrue`: the bloom filters of the chain exclude logs that its blocks hold. `logsPruned`: a node keeps no logs so old. `endpointsDisagree`: two nodes return different logs for the same block. `logsWithheld`: a node leaves out logs that the chain has. `logsContradict`: the logs contradict the ledger's rules. `methodMissing`: a node lacks a method that is needed. `notFollowable`: the chain cannot be followed. `deepReorg`: a block that was final is no longer on the chain. `noEndpoint`: no node can be used. `wrongChain`: a node serves another chain and is not used. `stuck`: a block was seen, but is not indexed, or no node answers. `storeFails`: the store does not take what was read. More codes may be added.",
    ),
  endpoints: z.array(z.string()).describe("The hosts of the nodes that it is about; empty: the chain or the store."),
  message: z.string().describe("States the problem and what to do."),
  stops: z.boolean().describe("True if nothing can be indexed until it is mended."),
  since: z.iso.datetime().describe("The time at which it began."),
});

const HealthAnswer = z
  .object({
    status: z
      .enum(["ready", "syncing", "stuck", "failed"])
      .describe(
        "`ready`: the head of the chain is indexed. `syncing`: catching up; the head is not indexed, or the last request to a node or the store failed (`lastError`). `stuck`: nothing can be indexed until one of the `problems` is mended; the process tries again by itself. `failed`: a fatal error, see the log. `ready` here is stricter than `/health/ready`, which decides whether to send requests here.",
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
      .describe(
        "The number of the newest block that the nodes have reported, as a decimal string, whether or not it can be indexed; null before any is known.",
      ),
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
      .describe("The time of the last answer from a node of the chain; in a process that only serves, from the store."),
    lastAppend: z.iso
      .datetime()
      .nullable()
      .describe(
        "The time at which blocks were last written to the store; null before the first since the start, and in a process that only serves.",
      ),
    lastError: z
      .string()
      .nullable()
      .describe("The error of the last failed request to a node or the store; null once a request succeeds again."),
    problems: z
      .array(Problem)
      .describe("The problems that last, in the order in which they began; empty if there is none."),
    completeness: z
      .enum(["compared", "blooms", "unchecked"])
      .nullable()
      .describe(
        "The way in which logs that a node leaves out are noticed. `compared`: another node in use is asked as well. `blooms`: by the bloom filters of the blocks. `unchecked`: not at all while blocks are read, since there is one node in use and the bloom filters of the chain are not true; only `verification` finds them. null in a process that only serves.",
      ),
    endpoints: z.array(
      z.object({
        name: z.string().describe("The host of the node."),
        state: z
          .enum(["used", "resting", "behind", "unknown"])
          .describe(
            "`used`: in use. `resting`: left alone for a while after a failure. `behind`: its newest block is older than that of others. `unknown`: it has not answered yet, or not as a node of this chain.",
          ),
        head: z.string().nullable().describe("The number of its newest block; null before it is known."),
        lastError: z.string().nullable().describe("Its last failure; null once it answers again."),
      }),
    ),
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
        ready: z
          .boolean()
          .describe(
            "True if this chain is indexed up to a few blocks behind its head, and its nodes or its store answer.",
          ),
        reasons: z.array(z.string()).describe("The reasons why it is not ready; empty if it is."),
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

/** The parts of a source that readiness depends on. */
type Readable = Pick<ViewSource, "health" | "view">;

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
      const { head, headFrom, final, failure, lastContact, lastAppend, lastError } = source.health;
      const { problems, completeness, endpoints } = source.health;
      const block = source.view()?.block;
      const status = statusOf(source);
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
        lastAppend: lastAppend?.toISOString() ?? null,
        lastError: failure ? "A fatal error has stopped the indexer. Its log has the reason." : (lastError ?? null),
        problems: problems.map(({ since, ...problem }) => ({
          ...problem,
          endpoints: [...problem.endpoints],
          since: since.toISOString(),
        })),
        completeness: completeness ?? null,
        endpoints: endpoints.map(({ name, state, head: newest, lastError: error }) => ({
          name,
          state,
          head: newest === undefined ? null : String(newest),
          lastError: error ?? null,
        })),
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
  /** The longest silence of the nodes, or of the store in a reader; 0: any. Default: 60,000. */
  readyContactMs?: number | undefined;
  /** The longest time for which a block that was seen may wait to be indexed; 0: any. Default: 120,000. */
  readyAppendMs?: number | undefined;
}

/** Completes limits by their defaults. The number of blocks is 10. */
export const limitsOf = ({ readyWithin = 10n, ...others }: Partial<ReadinessLimits>): ReadinessLimits => ({
  readyWithin,
  ...others,
});

const READY_CONTACT_MS = 60_000;
const READY_APPEND_MS = 120_000;

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
        const reasons = reasonsAgainst(source, limits);
        return {
          chainId: source.source.chainId,
          ready: reasons.length === 0,
          reasons,
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
export function blocksBehind(source: Readable): bigint | undefined {
  const { head } = source.health;
  const block = source.view()?.block.number;
  if (block === undefined || head === undefined) return undefined;
  return head > block ? head - block : 0n;
}

function statusOf(source: Readable): "ready" | "syncing" | "stuck" | "failed" {
  const { failure, head, lastError, problems } = source.health;
  if (failure) return "failed";
  if (problems.some(({ stops }) => stops)) return "stuck";
  const block = source.view()?.block.number;
  return block !== undefined && head !== undefined && block >= head && lastError === undefined ? "ready" : "syncing";
}

/** Returns true if requests should be sent here. */
export const isReady = (source: Readable, limits: ReadinessLimits): boolean =>
  reasonsAgainst(source, limits).length === 0;

/** Returns the reasons why a source is not ready; none if it is. */
function reasonsAgainst(source: Readable, limits: ReadinessLimits): string[] {
  const { failure, headFrom, silentMs, waitingMs, problems } = source.health;
  const { readyWithin, readyAgeMs = headFrom === "store" ? OLDEST_UNCONFIRMED_MS : 0 } = limits;
  const { readyContactMs = READY_CONTACT_MS, readyAppendMs = READY_APPEND_MS } = limits;
  if (failure) return ["A fatal error has stopped the indexer. Its log has the reason."];
  const reasons: string[] = [];
  const [behind, age] = [blocksBehind(source), ageOf(source)];
  if (age === undefined) reasons.push("No block is indexed yet.");
  else if (behind === undefined) reasons.push("The head of the chain is not known yet.");
  else if (behind > readyWithin) reasons.push(`The index is ${behind} blocks behind the chain.`);
  const isOver = (ms: number, limitMs: number) => limitMs > 0 && ms > limitMs;
  if (isOver(silentMs, readyContactMs)) {
    reasons.push(
      `There was no answer from ${source.health.completeness ? "any node" : "the store"} for ${seconds(silentMs)}.`,
    );
  }
  if (isOver(waitingMs, readyAppendMs)) {
    reasons.push(`A block of the chain has waited for ${seconds(waitingMs)} to be indexed.`);
  }
  if (isOver((age ?? 0) * 1_000, readyAgeMs)) reasons.push(`The newest indexed block is ${age} seconds old.`);
  return reasons.length === 0 ? [] : [...reasons, ...problems.map(({ message }) => message)];
}

const seconds = (ms: number) => `${Math.floor(ms / 1_000)} seconds`;

/** Returns the age of the newest indexed block in seconds; undefined before the first. */
function ageOf(source: Readable): number | undefined {
  const block = source.view()?.block;
  return block && Math.floor(Date.now() / 1_000) - block.timestamp;
}

function showVerification(source: ViewSource) {
  if (!source.verification) return null;
  const { at, result } = source.verification;
  const { block, compared, logs, differing, withheld, sampled } = result;
  return { block: showBlock(block, source), compared, logs, differing, withheld, sampled, at: at.toISOString() };
}
