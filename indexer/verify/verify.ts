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
  /** Sends a request to a node. The node must still have the state at the view's block. */
  request: Request;
  /** The approximate share of the answers to compare, from 0 to 1. Default: all. The seed selects them. */
  share?: number | undefined;
  seed?: string | undefined;
  signal: AbortSignal;
  onProgress?: ((compared: number, all: number) => void) | undefined;
}

/** The number of expectations that one call to a contract compares. */
const QUESTIONS_A_CALL = 200;

/**
 * Compares a view with the contracts at the same block, which is named by its hash: for each release, asset, holding,
 * credit and grant, it compares the indexed value with the answer of the contract. An item that was never indexed
 * cannot be asked for by itself. But then the number of releases, or the money that went through them, differs, and
 * `verifyJournal` finds the rest.
 *
 * @throws if no node has the state at that block, because the block is too old or was replaced.
 */
export async function verify(parameters: VerifyParameters): Promise<{ compared: number; differences: Differences }> {
  const { view, source, request, share, seed = "", signal, onProgress } = parameters;
  const { block } = view;
  const included = share === undefined ? () => true : chooser(share, seed);
  const expected = await view.turns.walk(() => expectations(view, included), { timeoutMs: 600_000 });

  const differences = new Differences();
  let compared = 0;
  for (const { name, address } of followedContracts(source)) {
    const ofContract = expected.filter(({ contract }) => contract === name);
    for (let i = 0; i < ofContract.length; i += QUESTIONS_A_CALL) {
      signal.throwIfAborted();
      const some = ofContract.slice(i, i + QUESTIONS_A_CALL);
      const answers = await abortable(ask(request, address, some, block.hash), signal);
      for (const [j, { what, read, expected: indexed }] of some.entries()) {
        const onChain = read(answers[j] ?? "0x");
        if (onChain !== indexed.toLowerCase()) differences.add({ what, indexed, onChain });
      }
      compared += some.length;
      onProgress?.(compared, expected.length);
    }
  }
  return { compared, differences };
}

/** Makes many calls to one contract in one request, through its own multicall. */
async function ask(
  request: VerifyParameters["request"],
  to: string,
  questions: readonly Expectation[],
  blockHash: Hex,
): Promise<readonly Hex[]> {
  // Every contract that a book compares has the same `multicall`.
  const data = encodeFunctionData({
    abi: ledgerAbi,
    functionName: "multicall",
    args: [questions.map(({ call }) => call)],
  });
  const answer = await request({ method: "eth_call", params: [{ to, data }, { blockHash }] });
  // eth_call returns a string. Anything else does not decode.
  return decodeFunctionResult({ abi: ledgerAbi, functionName: "multicall", data: String(answer) as Hex });
}

/** Returns the share of all answers that a sample of this size has; undefined if it has all. */
export function sampleShare(view: View, sample: number | undefined): number | undefined {
  const questions = sizeOf(view);
  return sample === undefined || sample >= questions ? undefined : sample / questions;
}

/** Estimates the number of expectations of a view. */
const sizeOf = ({ states }: View): number =>
  books.reduce((sum, book) => sum + (book.expectationCount?.(states.of(book)) ?? 0), 0);

/** Lists the expectations of all books. */
function* expectations({ states, incomplete }: View, included: () => boolean): Walk<Expectation[]> {
  const all: Expectation[] = [];
  for (const book of books) {
    if (!book.expectations || incomplete.has(book.name)) continue;
    for (const each of yield* book.expectations(states.of(book), included)) all.push(each);
  }
  return all;
}

/** Returns a function that returns true for this share of its calls. The same seed selects the same calls. */
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
