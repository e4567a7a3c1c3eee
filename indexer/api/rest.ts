import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { askList, askSingle, checkParams, readView, completeAnswer } from "../query/ask.ts";
import { after, type BlockName, blockName, limit } from "../query/parameters.ts";
import { showBlock } from "../query/present.ts";
import { Problem } from "../query/problem.ts";
import { type ProblemCode, problemCodes } from "../query/problemCodes.ts";
import { describeOrders, type Params, type Question } from "../query/question.ts";
import { questions } from "../books/books.ts";
import { Block } from "../query/shapes.ts";
import type { ViewSource } from "../live/view.ts";
import { csvColumns, csvOf } from "./csv.ts";

const codes = Object.entries(problemCodes);

export const ProblemCodeAnswer = z.enum(Object.keys(problemCodes) as [ProblemCode, ...ProblemCode[]]).meta({
  id: "ProblemCode",
  description: [
    "The kind of refusal. Codes never change their meaning; titles and details can be reworded.",
    "",
    ...codes.map(([code, { status, meaning, remedy }]) => `- \`${code}\` (${status}): ${meaning} ${remedy}`),
  ].join("\n"),
});

const ProblemAnswer = z
  .object({
    type: z.literal("about:blank"),
    code: ProblemCodeAnswer,
    title: z.string().describe("The code in words."),
    status: z.int().describe("The HTTP status."),
    detail: z.string().describe("The reason why this request was refused, for people."),
  })
  .meta({ id: "Problem", description: "A refusal with its reason, in the format of RFC 9457." });

/** The error responses of every operation that can refuse. */
export const problems = {
  "4xx": {
    description: "The request was refused. The body contains the reason.",
    content: { "application/problem+json": { schema: ProblemAnswer } },
  },
  "5xx": {
    description: "The request could not be answered. The body contains the reason.",
    content: { "application/problem+json": { schema: ProblemAnswer } },
  },
};

/** Registers a route for each question, answered from one source. */
export function addQuestions(
  server: FastifyInstance,
  source: ViewSource,
  { documented }: { documented: boolean },
): void {
  for (const question of questions) {
    const { path, query, answer } = httpSchemasOf(question);
    const all = z.strictObject({ ...path.shape, ...query.shape });
    server.get(
      question.path.replaceAll(/\{(\w+)\}/g, ":$1"),
      {
        schema: {
          hide: !documented,
          operationId: question.name,
          tags: [question.subject],
          summary: question.summary,
          ...(question.description && { description: question.description }),
          params: path,
          querystring: query,
          response: { 200: answersOf(question, answer), ...problems },
        },
      },
      async (request, reply) => {
        const given = request.query as Params;
        for (const name of Object.keys(path.shape)) {
          if (name in given) {
            throw new Problem("conflicting-parameters", `${name}: already given in the path`);
          }
        }
        const params = checkParams(all, { ...given, ...(request.params as Params) });
        return answerTo(question, params, source, request, reply);
      },
    );
  }
}

async function answerTo(
  question: Question,
  { block: asOf, limit: most, after: cursor, orderBy, orderDirection, format, ...params }: Params,
  source: ViewSource,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const asCsv = question.type === "list" && (format ?? acceptedFormat(request)) === "csv";
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  const result = await readView(
    source,
    asOf as BlockName | undefined,
    async (reading) => {
      const block = showBlock(reading.view.block, source);
      const tag = `W/"${block.hash}${block.final ? "-final" : ""}${asCsv ? "-csv" : ""}"`;
      // An answer that comes from the state alone does not change while the block is the same.
      if (!(question.type === "single" && question.complete)) {
        void reply.headers({ etag: tag, "cache-control": "no-cache", vary: "accept" });
        if (request.headers["if-none-match"] === tag) return { unchanged: true as const };
      }
      if (question.type === "single") {
        const answer = await askSingle(question, reading, params);
        return { block, data: question.complete ? answer : await completeAnswer(reading, answer) };
      }
      const order = {
        by: (orderBy as string | undefined) ?? question.orders[0],
        descending: orderDirection === undefined ? question.descending : orderDirection === "desc",
      };
      const page = await askList(question, reading, params, order, {
        limit: most as number,
        after: cursor as string | undefined,
      });
      const data = page.items.map(({ item }) => item);
      return { block, data, next: page.more.after ? (page.items.at(-1)?.cursor ?? null) : null };
    },
    { signal: gone.signal },
  );
  if ("unchanged" in result) return reply.status(304).send();
  if (question.type === "list" && asCsv && "next" in result) {
    if (typeof result.next === "string")
      void reply.header("link", `<${nextPage(request.url, result.next)}>; rel="next"`);
    const { number, hash, final } = result.block;
    void reply.headers({ "x-block": `${number} ${hash}`, "x-block-final": String(final) });
    return await reply
      .type("text/csv; charset=utf-8; header=present")
      .send(csvOf(result.data as object[], csvColumns(question.item)));
  }
  if (question.type === "single" && question.complete) {
    return { ...result, data: await question.complete(source, result.data) };
  }
  return result;
}

/** Describes the answers of a question. A list is also available as CSV. */
const answersOf = ({ type, summary }: Question, schema: z.ZodType) => ({
  description: summary,
  content: { "application/json": { schema }, ...(type === "list" && { "text/csv": { schema: z.string() } }) },
});

function nextPage(url: string, cursor: string): string {
  const next = new URL(url, "http://here");
  next.searchParams.set("after", cursor);
  return `${next.pathname}${next.search}`;
}

const acceptedFormat = ({ headers }: FastifyRequest) =>
  /^\s*text\/csv\b/i.test(headers.accept ?? "") ? "csv" : "json";

/** Derives the schemas of a question's parameters and answer over HTTP. */
function httpSchemasOf(question: Question): { path: z.ZodObject; query: z.ZodObject; answer: z.ZodType } {
  const inPath = [...question.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const pick = (named: boolean) =>
    Object.fromEntries(Object.entries(question.params.shape).filter(([name]) => inPath.includes(name) === named));
  const path = z.strictObject(pick(true));
  const block = { block: blockName.optional() };
  if (question.type === "single") {
    return {
      path,
      query: z.strictObject({ ...pick(false), ...block }),
      answer: z.object({ block: Block, data: question.answer }).describe(question.summary),
    };
  }
  const query = z.strictObject({
    ...pick(false),
    ...question.filters.shape,
    limit,
    after: after.optional(),
    orderBy: z.enum(question.orders).optional().describe(describeOrders(question.orders)),
    orderDirection: z
      .enum(["asc", "desc"])
      .optional()
      .describe(`Ascending or descending. Default: ${question.descending ? "desc" : "asc"}.`),
    ...block,
    format: z
      .enum(["json", "csv"])
      .optional()
      .describe("`csv`: comma-separated values, as with `Accept: text/csv`. Default: `json`."),
  });
  const answer = z
    .object({
      block: Block,
      data: z.array(question.item).describe("The items of this page."),
      next: z.string().nullable().describe("The value of `after` for the next page; null at the end of the list."),
    })
    .describe(question.summary);
  return { path, query, answer };
}
