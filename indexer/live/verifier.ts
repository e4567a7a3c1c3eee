import { pause } from "#node/abortable.ts";
import { UserError } from "#protocol/userError.ts";
import type { JournalSource } from "../journal.ts";
import type { Store } from "../store/store.ts";
import type { VerifyResult } from "../verify/result.ts";
import { sampleShare, verify } from "../verify/verify.ts";
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
  /** Reads blocks again that differ; undefined in a reader. */
  writer: Writer | undefined;
  signal: AbortSignal;
}

/** The number of consecutive blocks in a sample of the journal. */
const SAMPLED_BLOCKS = 10_000n;
/** No verification runs while the indexer is farther behind: nodes may no longer have the state at its block. */
const FAR_BEHIND_BLOCKS = 64n;

/** Compares the index with the chain, on request and regularly, and makes a writer read differing blocks again. */
export class Verifier {
  readonly #parameters: VerifierParameters;
  /** The block of the last verification without differences; undefined if there was none. */
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
   * Compares the newest view, or the view at a block, with the contracts, and the journal with the chain's logs. A
   * writer whose newest view differs reads all blocks again since the last verification without differences, and all
   * blocks from the first one whose journal differs.
   */
  async verify({ block, sample, seed, ...given }: IndexerVerifyParameters = {}): Promise<VerifyResult> {
    const { store, books, source, request, writer } = this.#parameters;
    const view = block === undefined ? books.view : await books.viewAt(block);
    if (!view) throw new UserError("No block is indexed yet. Try again in a moment.");
    const signal = given.signal ? AbortSignal.any([given.signal, this.#parameters.signal]) : this.#parameters.signal;
    const share = sampleShare(view, sample);
    const common = { source, request, seed, signal, onProgress: given.onProgress };
    const { compared, differences: answerDifferences } = await verify({ ...common, view, share });
    const { differing, differences } = answerDifferences;
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
    // These blocks will be read again, so their journal need not be compared.
    if (block === undefined && differing > 0 && writer) return answers;

    const blocks = sampled ? SAMPLED_BLOCKS : undefined;
    const { incomplete } = view;
    const journal = await verifyJournal({ ...common, incomplete, block: view.block, store, blocks });
    const result: VerifyResult = {
      ...answers,
      logs: journal.logs,
      differing: differing + journal.differences.differing,
      withheld: journal.withheld,
      differences: [...differences, ...journal.differences.differences],
    };
    if (block === undefined) await this.#keep(result, journal.firstDiffering);
    return result;
  }

  /** Verifies at the configured interval, until the signal aborts or the indexer has failed. */
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

  /** Stores the result. If there are differences, makes the writer read blocks again. */
  async #keep(result: VerifyResult, firstDiffering: bigint | undefined): Promise<void> {
    const { source, writer } = this.#parameters;
    this.#verification = { at: new Date(), result };
    const verified = this.#verifiedBlock ?? source.startBlock - 1n;
    if (result.differing === 0) this.#verifiedBlock = result.block.number;
    else if (writer) {
      this.#verifiedBlock = undefined;
      // An earlier verification may have missed this log because a node withheld it.
      await writer.rereadAbove(
        firstDiffering !== undefined && firstDiffering <= verified ? firstDiffering - 1n : verified,
      );
    }
  }
}
