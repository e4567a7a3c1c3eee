/** The queue for a scarce resource is full. */
export class TooBusy extends Error {
  override name = "TooBusy";

  constructor() {
    super("Too many long questions are being answered at once.");
  }
}

/**
 * A counting semaphore with a bounded queue: first come, first served, and a caller that finds the queue full is
 * refused.
 */
export class Semaphore {
  readonly #permits: number;
  readonly #longestQueue: number;
  readonly #queue: (() => void)[] = [];
  #inUse = 0;

  constructor(permits: number, longestQueue: number) {
    this.#permits = permits;
    this.#longestQueue = longestQueue;
  }

  /** The number of permits in use. */
  get inUse(): number {
    return this.#inUse;
  }

  get waiting(): number {
    return this.#queue.length;
  }

  /**
   * Waits for a permit. Returns the function that releases it, to be called once.
   *
   * @throws {TooBusy} if the queue is full.
   * @throws the signal's reason if it aborts first.
   */
  async acquire(signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#inUse >= this.#permits) {
      if (this.#queue.length >= this.#longestQueue) throw new TooBusy();
      await new Promise<void>((resolve, reject) => {
        const admit = () => {
          signal?.removeEventListener("abort", giveUp);
          resolve();
        };
        const giveUp = () => {
          this.#queue.splice(this.#queue.indexOf(admit), 1);
          reject(signal?.reason as Error);
        };
        signal?.addEventListener("abort", giveUp, { once: true });
        this.#queue.push(admit);
      });
    } else {
      this.#inUse++;
    }
    return () => {
      // The permit goes to the next in the queue without becoming free in between.
      const next = this.#queue.shift();
      if (next) next();
      else this.#inUse--;
    };
  }
}
