import { createHash } from "node:crypto";
import { decodeFunctionResult, encodeFunctionData, type Hex } from "viem";
import { abortable } from "#node/abortable.ts";
import { ledgerAbi } from "#protocol/abis.ts";
import type { Expectation } from "../books/book.ts";
import { books } from "../books/books.ts";
import { followedContracts } from "../books/contracts.ts";
import type { JournalSource } from "../journal.ts";
import type { Walk } from "../scheduling/walk.ts";
import type { Request, View } from "../live/view.ts";
import { Differences } from "./result.ts";

export interface VerifyParameters {
  view: View;
  source: JournalSource;
  /** Asks one that still knows the state at the view's block. */
  request: Request;
  /** About which part of the answers to compare; all unless given. Which ones, the seed decides. */
  share?: number | undefined;
  seed?: string | undefined;
  signal: AbortSignal;
  onProgress?: ((compared: number, all: number) => void) | undefined;
}

/** So many questions go to a contract in one call. */
const QUESTIONS_A_CALL = 200;

/**
 * Holds an indexed ledger against the contracts' own word, as of the same block, named by its hash: for each release,
 * asset, holding, credit and grant what the contract answers when asked. What was never indexed cannot be asked about
 * one by one; but the numbers of releases and the money that passed through them would differ, and `verifyJournal` finds
 * the rest.
 *
 * @throws if no node knows the state at that block, because it is too old or was taken back.
 */
export async function verify(parameters: VerifyParameters): Promise<{ compared: number; found: Differences }> {
  const { view, source, request, share, seed = "", signal, onProgress } = parameters;
  const { block } = view;
  const included = share === undefined ? () => true : chooser(share, seed);
  const expected = await view.turns.walk(() => expectations(view, included), { timeoutMs: 600_000 });

  const found = new Differences();
  let compared = 0;
  for (const { name, address } of followedContracts(source)) {
    const asked = expected.filter(({ contract }) => contract === name);
    for (let i = 0; i < asked.length; i += QUESTIONS_A_CALL) {
      signal.throwIfAborted();
      const some = asked.slice(i, i + QUESTIONS_A_CALL);
      const answers = await abortable(ask(request, address, some, block.hash), signal);
      for (const [j, { what, read, expected: indexed }] of some.entries()) {
        const onChain = read(answers[j] ?? "0x");
        if (onChain !== indexed.toLowerCase()) found.add({ what, indexed, onChain });
      }
      compared += some.length;
      onProgress?.(compared, expected.length);
    }
  }
  return { compared, found };
}

/** Many questions to one contract in one call, by its own multicall. */
async function ask(
  request: VerifyParameters["request"],
  to: string,
  questions: readonly Expectation[],
  blockHash: Hex,
): Promise<readonly Hex[]> {
  // Every contract of which a book expects answers has the same function.
  const data = encodeFunctionData({
    abi: ledgerAbi,
    functionName: "multicall",
    args: [questions.map(({ call }) => call)],
  });
  const answer = await request({ method: "eth_call", params: [{ to, data }, { blockHash }] });
  // A string is all that eth_call answers; whatever else comes does not decode.
  return decodeFunctionResult({ abi: ledgerAbi, functionName: "multicall", data: String(answer) as Hex });
}

/** Which part of all answers about so many are; undefined if they are all. */
export function shareOf(view: View, sample: number | undefined): number | undefined {
  const questions = sizeOf(view);
  return sample === undefined || sample >= questions ? undefined : sample / questions;
}

/** About how many questions a view gives rise to. */
const sizeOf = ({ states }: View): number =>
  books.reduce((sum, book) => sum + (book.expectationCount?.(states.of(book)) ?? 0), 0);

/** Lists what the contracts can be asked about the states of all books. */
function* expectations({ states, incomplete }: View, included: () => boolean): Walk<Expectation[]> {
  const all: Expectation[] = [];
  for (const book of books) {
    if (!book.expectations || incomplete.has(book.name)) continue;
    for (const each of yield* book.expectations(states.of(book), included)) all.push(each);
  }
  return all;
}

/** Answers yes so often, by a hash of the seed and a count: the same seed chooses the same. */
function chooser(share: number, seed: string): () => boolean {
  let block: Buffer = Buffer.alloc(0);
  let at = 0;
  let count = 0;
  return () => {
    if (at + 4 > block.length) {
      block = createHash("sha512").update(`${seed}/${count++}`).digest();
      at = 0;
    }
    at += 4;
    return block.readUInt32LE(at - 4) / 2 ** 32 < share;
  };
}
