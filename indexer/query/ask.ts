import { setTimeout as sleep } from "node:timers/promises";
import type { Hex } from "viem";
import type { z } from "zod";
import { isWalk, type Walk } from "../scheduling/walk.ts";
import type { View, ViewSource } from "../live/view.ts";
import type { Walker, WalkLimits } from "../scheduling/turns.ts";
import { UserError } from "#protocol/userError.ts";
import { type BlockName, LARGEST_PAGE } from "./parameters.ts";
import { Problem } from "./problem.ts";
import { problemCodes } from "./problemCodes.ts";
import type { ListAnswer, ListQuestion, Order, Params, Question, SingleQuestion } from "./question.ts";
import { allPlaces, type Page, type Paging, readPage } from "./rows.ts";

/** A view that does not change while it is read. */
export interface Reading {
  view: View;
  walk: Walker;
}

/** The part of a source by which a block is found. */
interface BlockSource extends Pick<ViewSource, "view" | "blockByHash"> {
  health: Pick<ViewSource["health"], "failure" | "final">;
}

/** A block to read the view of. */
export interface NamedBlock {
  /** Undefined: the newest. */
  number: bigint | undefined;
  /** The block's hash, if the caller named it by that. */
  hash?: Hex;
}

/**
 * Finds the block that a caller names.
 *
 * @throws {Problem} if no indexed block has the hash, or if no block is final yet.
 */
export async function findBlock(
  source: BlockSource,
  name: BlockName | undefined,
  parameter = "block",
): Promise<NamedBlock> {
  if (name === undefined || name === "latest") return { number: undefined };
  if (typeof name === "number") return { number: BigInt(name) };
  const newest = newestView(source).block;
  if (name === "finalized") {
    const { final } = source.health;
    if (!final)
      throw new Problem("block-not-indexed", `${parameter}: no block is known to be final yet. Ask for \`latest\`.`);
    return { number: final.number < newest.number ? final.number : newest.number };
  }
  const found = newest.hash.toLowerCase() === name ? newest : await source.blockByHash?.(name);
  if (!found) throw unknownHash(name, parameter);
  return { number: found.number, hash: name };
}

const unknownHash = (hash: Hex, parameter: string) =>
  new Problem(
    "unknown-block",
    `${parameter}: no indexed block has the hash ${hash}. ${problemCodes["unknown-block"].remedy}`,
  );

/** @throws {Problem} if a view is not of the block whose hash was given: a reorg has replaced the block meanwhile. */
export function requireHash({ block }: View, { hash }: NamedBlock, parameter = "block"): void {
  if (hash !== undefined && block.hash.toLowerCase() !== hash) throw unknownHash(hash, parameter);
}

/**
 * Reads the newest view, or the view as of a block. The view does not change until `read` has ended.
 *
 * @throws {Problem} if there is no such view.
 */
export async function readView<T>(
  source: ViewSource,
  name: BlockName | undefined,
  read: (reading: Reading) => Promise<T>,
  limits?: WalkLimits,
): Promise<T> {
  const named = await findBlock(source, name);
  const readNamed = (reading: Reading) => {
    requireHash(reading.view, named);
    return read(reading);
  };
  return readNumbered(source, named.number, readNamed, limits);
}

async function readNumbered<T>(
  source: ViewSource,
  block: bigint | undefined,
  read: (reading: Reading) => Promise<T>,
  limits: WalkLimits | undefined,
): Promise<T> {
  const newest = newestView(source);
  if (block !== undefined && block !== newest.block.number) {
    const view = await viewAt(source, block);
    return view.turns.hold((walk) => read({ view, walk }), limits);
  }
  return newest.turns.hold((walk) => {
    // While this waited for a change, another view may have become the newest.
    const view = newestView(source);
    const same = view.turns === newest.turns && (block === undefined || block === view.block.number);
    return same ? read({ view, walk }) : readNumbered(source, block, read, limits);
  }, limits);
}

/** @throws {Problem} if no block is indexed yet, or if the indexer has failed. */
export function newestView(source: BlockSource): View {
  if (source.health.failure)
    throw new Problem("indexer-failed", "A fatal error has stopped the indexer. Its log has the reason.");
  const view = source.view();
  if (!view) throw new Problem("no-block-yet", "No block is indexed yet. Try again in a moment.");
  return view;
}

/** Longest wait for an earlier state. Its computation goes on afterwards, for the next request. */
const LONGEST_WAIT_MS = 10_000;

/**
 * @throws {Problem} if the block is not indexed or is before the deployment, or if its state is not computed in time.
 */
export async function viewAt(source: ViewSource, block: bigint, longestWaitMs = LONGEST_WAIT_MS): Promise<View> {
  const enough = new AbortController();
  const late = sleep(longestWaitMs, undefined, { signal: enough.signal, ref: false }).then(() => {
    throw new Problem(
      "block-not-ready",
      `The state as of block ${block} is still being computed. Try again in a moment.`,
    );
  });
  try {
    return await Promise.race([source.viewAt(block), late]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const isEarlier = block < source.source.startBlock;
    const code = isEarlier ? "block-before-deployment" : "block-not-indexed";
    const remedy = isEarlier ? "Ask for that block or a later one." : problemCodes[code].remedy;
    throw new Problem(code, `block: ${error.message} ${remedy}`);
  } finally {
    late.catch(() => undefined); // prevents an unhandled rejection
    enough.abort();
  }
}

/** @throws {Problem} if a parameter is wrong. The detail names each wrong parameter. */
export function checkParams(schema: z.ZodObject, given: Params): Params {
  const { success, data, error } = schema.safeParse(given);
  if (success) return data;
  const reasons = error.issues.map((issue) => {
    const name = issue.path.join(".") || (issue.code === "unrecognized_keys" ? issue.keys.join(", ") : "");
    return issue.code === "unrecognized_keys"
      ? `${name}: this question has no such parameter`
      : `${name}: ${issue.message}`;
  });
  throw new Problem("malformed-parameter", reasons.join("; "));
}

/** @throws {Problem} while the journal lacks logs of the contracts that the question is about. */
function requireBook({ book }: Question, { incomplete }: View): void {
  if (book === undefined || !incomplete.has(book)) return;
  throw new Problem(
    "book-incomplete",
    "The indexer is still reading earlier events of these contracts from the chain. Try again later.",
  );
}

/** Returns the answer, or a promise of it if computing it takes a walk. */
export function askSingle(question: SingleQuestion, { view, walk }: Reading, params: Params): unknown {
  requireBook(question, view);
  const answer = question.run(view, params);
  return isWalk(answer) ? walk(() => answer) : answer;
}

/** Completes an answer: runs the walk of each field that is computed by one. */
export async function completeAnswer({ walk }: Reading, answer: unknown): Promise<unknown> {
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) return answer;
  const whole: Params = { ...answer };
  for (const [field, value] of Object.entries(whole)) if (isWalk(value)) whole[field] = await walk(() => value);
  return whole;
}

/** Reads one page of a list. */
export function askList(
  question: ListQuestion,
  { view, walk }: Reading,
  params: Params,
  order: Order,
  paging: Paging,
): Promise<Page<unknown>> {
  return walk(function* () {
    const listed = yield* listedBy(question, view, params, order, paging);
    return "items" in listed ? listed : yield* readPage(listed, paging);
  });
}

/** Yields all items of a list, in parts. */
export async function* askWholeList(
  question: ListQuestion,
  { view, walk }: Reading,
  params: Params,
  order: Order,
): AsyncGenerator<unknown[]> {
  const paging: Paging = { limit: LARGEST_PAGE };
  for (;;) {
    const listed = await walk(() => listedBy(question, view, params, order, paging));
    if (!("items" in listed)) {
      const places = await walk(() => allPlaces(listed));
      for (let i = 0; i < places.length; i += LARGEST_PAGE) {
        yield places.slice(i, i + LARGEST_PAGE).map((place) => listed.at(place));
      }
      return;
    }
    yield listed.items.map(({ item }) => item);
    if (!listed.more.after) return;
    paging.after = listed.items.at(-1)?.cursor;
  }
}

function* listedBy(
  question: ListQuestion,
  view: View,
  params: Params,
  order: Order,
  paging: Paging,
): Walk<ListAnswer<unknown>> {
  requireBook(question, view);
  const list = question.rows(view, params, order, paging);
  return isWalk<ListAnswer<unknown>>(list) ? yield* list : list;
}
