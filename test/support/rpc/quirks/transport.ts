import { setTimeout as sleep } from "node:timers/promises";
import { type Call, errorReply, type QuirkKind, type Reply, replying } from "./quirk.ts";

/** The size above which these nodes refuse a batch. */
const MOST_CALLS = 3;
/** The number of requests after which a node that was starting answers. */
const DEAD_REQUESTS = 3;

const refusingBatches = (reply: (asked: Call[]) => Reply, above = 1) =>
  replying((asked) => (Array.isArray(asked) && asked.length > above ? { reply: reply(asked) } : undefined));

/** Makes a quirk that changes the replies to batches. */
const changingBatches =
  (change: (replies: unknown[]) => unknown): QuirkKind["start"] =>
  (met) => ({
    reply: async (asked, next) => {
      const reply = await next();
      if (!Array.isArray(asked) || asked.length < 2 || !Array.isArray(reply?.body)) return reply;
      met();
      return { ...reply, body: change(reply.body) };
    },
  });

/** Quirks in how requests are carried: batches, connections, latency. */
export const transportQuirks = {
  batch413Html: {
    does: "Refuses every batch with HTTP 413 and a page of HTML.",
    seen: "Blockscout PR 3709, hiero-json-rpc-relay issue 5443; nginx's own page in front of a node.",
    start: refusingBatches(() => ({ status: 413, body: "<html><h1>413 Request Entity Too Large</h1></html>" })),
  },
  batchDrop: {
    does: "Closes the connection at every batch.",
    seen: "Erigon issue 18074.",
    start: refusingBatches(() => undefined),
  },
  batchForbidden: {
    does: "Refuses every batch with HTTP 403 and plain text.",
    seen: "No report; gateways that sell batches as a feature.",
    start: refusingBatches(() => ({ status: 403, body: "Batch requests are not available on your plan" })),
  },
  batchLimit: {
    does: `Answers a batch of more than ${MOST_CALLS} calls with a list that holds one error without an id.`,
    seen: "Erigon from PR 18260 on; hemilabs/ui-monorepo PR 887 (endpoints that allow three calls).",
    start: refusingBatches(
      (asked) => ({
        status: 200,
        body: [errorReply(null, { code: -32_000, message: `batch limit ${MOST_CALLS} exceeded: ${asked.length}` })],
      }),
      MOST_CALLS,
    ),
  },
  batchErrorObject: {
    does: `Answers a batch of more than ${MOST_CALLS} calls with one error that is not in a list.`,
    seen: "Erigon issue 17245, acala bodhi.js PR 383, jsonrpsee PR 1107.",
    start: refusingBatches(
      (asked) => ({
        status: 200,
        body: errorReply(null, { code: -32_600, message: `batch limit ${MOST_CALLS} exceeded: ${asked.length}` }),
      }),
      MOST_CALLS,
    ),
  },
  batchItemErrors: {
    does: `Answers the first ${MOST_CALLS} calls of a batch, and the others with errors.`,
    seen: "godwoken-web3 PR 597; endpoints that count calls one by one.",
    start: changingBatches((replies) =>
      replies.map((each, i) =>
        i < MOST_CALLS
          ? each
          : errorReply((each as Call).id, { code: 31, message: "Batch of more than 3 requests are not allowed" }),
      ),
    ),
  },
  batchShort: {
    does: "Leaves out the last answer of each batch.",
    seen: "No report; a balancer that splits a batch over nodes, of which one fails.",
    start: changingBatches((replies) => replies.slice(0, -1)),
  },
  batchFirstOnly: {
    does: "Answers the first call of a batch only, and not in a list.",
    seen: "No report; gateways that do not know batches.",
    start: changingBatches(([first]) => first),
  },
  batchShuffled: {
    does: "Returns the answers of a batch in another order.",
    seen: "dshackle issue 148, ethers issues 3194 and 3431; allowed by JSON-RPC 2.0.",
    start: changingBatches((replies) => replies.toReversed()),
  },
  slowBatches: {
    does: "Takes 50 ms for each call of a batch, and no time for a single call.",
    seen: "No report; balancers that answer the calls of a batch one after the other.",
    start: (met) => ({
      reply: async (asked, next) => {
        if (Array.isArray(asked) && asked.length > 1) {
          met();
          await sleep(50 * asked.length);
        }
        return next();
      },
    }),
  },
  hugeLatency: {
    does: "Takes 120 ms for each request.",
    seen: "No report; endpoints on another continent.",
    start: (met) => ({
      reply: async (_, next) => {
        met();
        await sleep(120);
        return next();
      },
    }),
  },
  deadFirstContact: {
    does: `Closes the connection at each of the first ${DEAD_REQUESTS} requests.`,
    seen: "No report; nodes that start at the same time as the indexer.",
    start: (met) => {
      let left = DEAD_REQUESTS;
      return {
        reply: async (_, next) => {
          if (left === 0) return next();
          left--;
          met();
          return undefined;
        },
      };
    },
  },
  nullError: {
    does: "Adds `error: null` to each answer.",
    seen: "JSON-RPC 1.0, where the field is mandatory.",
    start: (met) => ({
      reply: async (_, next) => {
        const reply = await next();
        if (!reply) return reply;
        met();
        const add = (each: unknown) => ({ error: null, ...(each as object) });
        return { ...reply, body: Array.isArray(reply.body) ? reply.body.map(add) : add(reply.body) };
      },
    }),
  },
} satisfies Record<string, QuirkKind>;
