import { pause } from "#node/abortable.ts";
import { UserError } from "#protocol/userError.ts";
import type { JournalSource } from "../journal.ts";
import type { Store } from "../store/store.ts";
import type { VerifyResult } from "../verify/result.ts";
import { shareOf, verify } from "../verify/verify.ts";
import { verifyJournal } from "../verify/verifyJournal.ts";
import type { HealthRecord } from "./healthRecord.ts";
import type { LiveBooks } from "./liveBooks.ts";
import type { IndexerVerifyParameters, StartIndexerParameters } from "./parameters.ts";
import type { Request, Verification } from "./view.ts";
import type { Writer } from "./writer.ts";

interface VerifierParameters extends Pick<
  StartIndexerParameters,
  "verifyEveryMs" | "verifySample" | "onVerified" | "onVerifyFailed"
> {
  store: Store;
  books: LiveBooks;
  source: JournalSource;
  request: Request;
  health: HealthRecord;
  /** Reads again what differs; undefined in a reader. */
  writer: Writer | undefined;
  signal: AbortSignal;
}

/** A sample of the journal is a stretch of so many blocks. */
const SAMPLED_BLOCKS = 10_000n;
/** Whoever is farther behind the chain has not caught up: nodes may no longer know the state that it is at. */
const FAR_BEHIND_BLOCKS = 64n;

/** Compares what is indexed with the chain, when asked and regularly, and has a writer read again what differs. */
export class Verifier {
  readonly #parameters: VerifierParameters;
  /** As of here nothing differed when it was verified last. */
  #verifiedBlock: bigint | undefined;
  #verification: Verification | undefined;

  constructor(parameters: VerifierParameters) {
    this.#parameters = parameters;
  }

  /** The last verification of the newest view. */
  get verification(): Verification | undefined {
    return this.#verification;
  }

  /**
   * Compares the newest view, or that as of a block, with the contracts, and the journal with the chain's logs. In a
   * writer, what differs in the newest makes it read again all blocks since the last verification that found nothing, and
   * those from the first that differ in the journal.
   */
  async verify({ block, sample, seed, ...given }: IndexerVerifyParameters = {}): Promise<VerifyResult> {
    const { store, books, source, request, writer } = this.#parameters;
    const view = block === undefined ? books.view : await books.viewAt(block);
    if (!view) throw new UserError("No block is indexed yet. Try again in a moment.");
    const signal = given.signal ? AbortSignal.any([given.signal, this.#parameters.signal]) : this.#parameters.signal;
    const share = shareOf(view, sample);
    const common = { source, request, seed, signal, onProgress: given.onProgress };
    const { compared, found } = await verify({ ...common, view, share });
    const { differing, differences } = found;
    const sampled = sample !== undefined;
    const answers: VerifyResult = {
      block: view.block,
      compared,
      logs: 0,
      differing,
      withheld: 0,
      differences,
      sampled,
    };
    if (block === undefined) await this.#keep(answers, undefined);
    // Blocks that are about to be read again are no journal to compare with.
    if (block === undefined && differing > 0 && writer) return answers;

    const blocks = sampled ? SAMPLED_BLOCKS : undefined;
    const { incomplete } = view;
    const journal = await verifyJournal({ ...common, incomplete, block: view.block, store, blocks });
    const result: VerifyResult = {
      ...answers,
      logs: journal.logs,
      differing: differing + journal.found.differing,
      withheld: journal.withheld,
      differences: [...differences, ...journal.found.differences],
    };
    if (block === undefined) await this.#keep(result, journal.firstDiffering);
    return result;
  }

  /** Verifies at the interval that was asked for, until the signal aborts or there is nothing to follow any more. */
  async verifyRegularly(): Promise<void> {
    const { verifyEveryMs, verifySample, onVerified, onVerifyFailed, books, health, signal } = this.#parameters;
    if (verifyEveryMs === undefined) return;
    for (;;) {
      await pause(verifyEveryMs, signal);
      if (signal.aborted || health.failure) return;
      const { block } = books;
      if (!block || (health.head ?? 0n) > block.number + FAR_BEHIND_BLOCKS) continue;
      try {
        const sample = verifySample === undefined ? {} : { sample: verifySample, seed: block.hash };
        onVerified?.(await this.verify(sample));
      } catch (error) {
        if (!signal.aborted) onVerifyFailed?.(error);
      }
    }
  }

  /** Keeps what was found, and has what is wrong read again. */
  async #keep(result: VerifyResult, firstDiffering: bigint | undefined): Promise<void> {
    const { source, writer } = this.#parameters;
    this.#verification = { at: new Date(), result };
    const right = this.#verifiedBlock ?? source.startBlock - 1n;
    if (result.differing === 0) this.#verifiedBlock = result.block.number;
    else if (writer) {
      this.#verifiedBlock = undefined;
      // However often nothing was found while a node kept it back.
      await writer.rereadAbove(firstDiffering !== undefined && firstDiffering <= right ? firstDiffering - 1n : right);
    }
  }
}
