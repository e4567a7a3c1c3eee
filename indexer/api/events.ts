import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { LedgerEvent } from "#protocol/events.ts";
import { strictJson } from "#protocol/texts/wellFormed.ts";
import type { LedgerState } from "../ledger/state.ts";
import { checkParams, newestView } from "../query/ask.ts";
import { nameOf, showAmount, showBlock, showPosition } from "../query/present.ts";
import { Problem } from "../query/problem.ts";
import type { Params } from "../query/question.ts";
import type { JournalBlock } from "../journal.ts";
import type { BlockUpdate, RecordedEvent, ViewSource } from "../live/view.ts";
import { problems } from "./rest.ts";

const TYPES = ["block", "reorg", "fee", "settlement", "claim"] as const;

/** The number of events that are kept for listeners that reconnect. */
const REMEMBERED_EVENTS = 10_000;
/** A listener with more than this unread is disconnected. */
const MOST_UNREAD_BYTES = 1_000_000;
const MOST_LISTENERS = 1_000;

const Query = z.strictObject({
  types: z
    .string()
    .max(100)
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(TYPES)))
    .optional()
    .describe(`Only events of these types, separated by commas: ${TYPES.join(", ")}. Default: all types.`),
});
const Headers = z.object({
  "last-event-id": z
    .string()
    .regex(/^\d{1,16}(-0x[0-9a-f]{64})?$/, "must be the id of an event: <block number>-<block hash>")
    .optional()
    .describe("The id of the last event that the listener has read. The block number alone is enough."),
});

interface Message {
  block: JournalBlock;
  events: { type: (typeof TYPES)[number] | "missed"; data: object }[];
}

export interface EventsOptions {
  documented: boolean;
  heartbeatMs?: number;
}

/** Registers `GET /events`: the stream of what happens to a source. */
export function addEvents(server: FastifyInstance, source: ViewSource, options: EventsOptions): void {
  const { documented, heartbeatMs = 15_000 } = options;
  const remembered: Message[] = [];
  let rememberedEvents = 0;
  const listeners = new Set<{ send: (message: Message) => void; beat: () => void; end: () => void }>();
  const unsubscribe = source.onBlock((update) => {
    const message = messageOf(source, update);
    remembered.push(message);
    rememberedEvents += message.events.length;
    while (rememberedEvents > REMEMBERED_EVENTS && remembered.length > 1) {
      rememberedEvents -= remembered.shift()?.events.length ?? 0;
    }
    for (const listener of listeners) listener.send(message);
  });
  const heartbeat = setInterval(() => {
    for (const { beat } of listeners) beat();
  }, heartbeatMs).unref();
  server.addHook("preClose", (done) => {
    unsubscribe();
    clearInterval(heartbeat);
    for (const { end } of listeners) end();
    done();
  });

  server.get(
    "/events",
    {
      schema: {
        hide: !documented,
        operationId: "events",
        tags: ["Live"],
        summary: "Live events of the chain, as server-sent events",
        description:
          "`fee`, `settlement` and `claim` are events in a block. `block` follows them: the block is indexed, and all blocks before it. `reorg`: the chain has replaced blocks, and the state is now the state of an earlier block: `block`. `from` is the block that was the newest before. The id of an event is `<block number>-<block hash>`. A client that reconnects with this id as `Last-Event-ID` first gets the events that it has missed. `missed` means that the indexer no longer has all of these events: read all data again. A client that reads too slowly is disconnected.",
        querystring: Query,
        headers: Headers,
        response: {
          200: { description: "A stream of events.", content: { "text/event-stream": { schema: z.string() } } },
          ...problems,
        },
      },
    },
    (request, reply) => {
      const { types } = checkParams(Query, request.query as Params) as z.output<typeof Query>;
      const wants = new Set<string>([...(types ?? TYPES), "missed"]);
      const last = (checkParams(Headers, request.headers) as z.output<typeof Headers>)["last-event-id"];
      const { block } = newestView(source);
      if (listeners.size >= MOST_LISTENERS) {
        throw new Problem("too-busy", "Too many listeners to events are connected. Try again later.");
      }
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>), // set by other hooks
        "content-type": "text/event-stream",
        "cache-control": "no-store",
      });
      const listener = {
        beat: () => write(": still here\n\n"),
        end: () => raw.end(),
        send({ block: at, events }: Message) {
          const texts = events
            .filter(({ type }) => wants.has(type))
            .map(({ type, data }) => `event: ${type}\ndata: ${strictJson(data)}\n\n`);
          // The id comes last, so a listener that has read only a part of a block gets the whole block again.
          write(`${texts.join("")}id: ${at.number}-${at.hash}\n\n`);
        },
      };
      raw.once("close", () => listeners.delete(listener));
      listeners.add(listener);
      write(": listening\n\n");
      const missed =
        last === undefined
          ? []
          : messagesSince(last, remembered, {
              block,
              events: [{ type: "missed", data: { block: showBlock(block, source) } }],
            });
      for (const message of missed) listener.send(message);

      function write(text: string): void {
        raw.write(text);
        if (raw.writableLength > MOST_UNREAD_BYTES) raw.destroy();
      }
    },
  );
}

function messagesSince(id: string, remembered: readonly Message[], missed: Message): readonly Message[] {
  const [text = "", hash] = id.split("-");
  const number = BigInt(text);
  const isLast = (block: JournalBlock) => block.number === number && (hash === undefined || block.hash === hash);
  const at = remembered.findIndex(({ block }) => isLast(block));
  if (at !== -1) return remembered.slice(at + 1);
  if (isLast(missed.block)) return [];
  return [missed];
}

function messageOf(source: ViewSource, { block, reorgedFrom, events }: BlockUpdate): Message {
  const state = source.view()?.state;
  const shown = state ? events.flatMap((event) => showEvent(state, event)) : [];
  const last = reorgedFrom
    ? { type: "reorg" as const, data: { block: showBlock(block, source), from: showBlock(reorgedFrom, source) } }
    : { type: "block" as const, data: { block: showBlock(block, source) } };
  return { block, events: [...shown, last] };
}

function showEvent(state: LedgerState, { event, position }: RecordedEvent): Message["events"] {
  const id = `${position.blockNumber}-${position.logIndex}`;
  const at = showPosition(position);
  if (event.contract !== "ledger") return [];
  const { eventName, args } = event as LedgerEvent; // decoded by that contract's ABI
  switch (eventName) {
    case "FeePaid": {
      const { release, currency, payer, amount, ref, source } = args;
      const assetName = nameOf(state, state.releases.asset.get(release - 1));
      const paid = showAmount(state, amount, currency);
      const fromCredit = source === state.ledger;
      const data = { id, release, assetName, payer, amount: paid, reference: ref, source, fromCredit, paid: at };
      return [{ type: "fee", data }];
    }
    case "Settled": {
      const { releases, currency } = args;
      return [{ type: "settlement", data: { id, releases, currency: state.currencies.get(currency), settled: at } }];
    }
    case "Claimed":
    case "ClaimedToCredit": {
      const { account, amount, currency } = args;
      const toCredit = eventName === "ClaimedToCredit";
      const data = { id, account, amount: showAmount(state, amount, currency), toCredit, claimed: at };
      return [{ type: "claim", data }];
    }
    default:
      return [];
  }
}
