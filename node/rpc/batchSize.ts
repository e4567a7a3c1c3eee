const LARGEST = 100;
/** Number of successes after which a size that failed is tried again. Doubles each time that it fails again. */
const SUCCESSES_BEFORE_RETRY = 64;
const MOST_DOUBLINGS = 6;

/**
 * The number of calls in a batch that an endpoint takes, learned from what it answers. Halves when a batch fails whose calls
 * succeed one by one, down to 1, which means no batches. Grows with each success, up to what failed. That is tried again
 * after many successes, since the reason may have passed.
 */
export class BatchSize {
  #size = LARGEST;
  /** The largest size that was answered; 0 before the first, and when it is answered no longer. */
  #answered = 0;
  /** The smallest size that failed; undefined if none did lately. */
  #failed: number | undefined;
  /** Number of failures in a row of a size that was answered before. */
  #strikes = 0;
  /** Number of times in a row that larger sizes were tried until one failed. */
  #failures = 0;
  #successes = 0;

  get size(): number {
    return this.#size;
  }

  /** Records a batch with an answer to each of its calls; of one call: calls that were sent one by one. */
  recordSuccess(calls: number): void {
    this.#strikes = 0;
    this.#answered = Math.max(this.#answered, calls);
    if (this.#failed === undefined) this.#failures = 0;
    else if (++this.#successes >= SUCCESSES_BEFORE_RETRY * 2 ** Math.min(this.#failures, MOST_DOUBLINGS)) {
      this.#successes = 0;
      this.#failed = undefined;
    }
    if (calls < this.#size) return;
    const size = this.#size;
    if (this.#failed === undefined) this.#size = Math.min(size * 2, LARGEST);
    else if (this.#failed - size > Math.max(1, size / 4)) this.#size = Math.floor((size + this.#failed) / 2);
  }

  /** Records that the answers to a batch were not those to its calls. Until many successes later, calls are sent alone. */
  recordUntrue(): void {
    this.#successes = 0;
    this.#strikes = 0;
    this.#answered = 0;
    if (this.#failed === undefined) this.#failures++;
    this.#failed = 2;
    this.#size = 1;
  }

  /**
   * Records a batch that failed, although one of its calls was answered alone.
   *
   * @param answered Number of its calls that were answered, or that may be if they are fewer. Default: half of them.
   */
  recordFailure(calls: number, answered = 0): void {
    this.#successes = 0;
    const wasAnswered = calls <= this.#answered;
    // A size that was answered before may have failed for another reason.
    if (wasAnswered && ++this.#strikes < 2) return;
    if (wasAnswered) this.#answered = 0;
    else if (this.#failed === undefined) this.#failures++;
    this.#failed = Math.min(calls, this.#failed ?? calls);
    const smaller = Math.max(answered, this.#answered) || Math.floor(calls / 2);
    this.#size = Math.max(1, Math.min(this.#size, smaller, calls - 1));
  }
}
