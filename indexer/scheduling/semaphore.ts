/** Too many ask for the same scarce thing. */
export class TooBusy extends Error {
  override name = "TooBusy";

  constructor() {
    super("Too many long questions are asked at once.");
  }
}

/** Lets so many in at once; the others wait in line, and whoever finds the line full is sent away. */
export class Semaphore {
  readonly #atOnce: number;
  readonly #longestLine: number;
  readonly #line: (() => void)[] = [];
  #inside = 0;

  constructor(atOnce: number, longestLine: number) {
    this.#atOnce = atOnce;
    this.#longestLine = longestLine;
  }

  get inside(): number {
    return this.#inside;
  }

  get waiting(): number {
    return this.#line.length;
  }

  /**
   * Waits to be let in. Answers how to leave, which must be done once.
   *
   * @throws {TooBusy} if too many are waiting already.
   * @throws the signal's reason if it aborts first.
   */
  async enter(signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (this.#inside >= this.#atOnce) {
      if (this.#line.length >= this.#longestLine) throw new TooBusy();
      await new Promise<void>((resolve, reject) => {
        const enter = () => {
          signal?.removeEventListener("abort", giveUp);
          resolve();
        };
        const giveUp = () => {
          this.#line.splice(this.#line.indexOf(enter), 1);
          reject(signal?.reason as Error);
        };
        signal?.addEventListener("abort", giveUp, { once: true });
        this.#line.push(enter);
      });
    } else {
      this.#inside++;
    }
    return () => {
      const next = this.#line.shift();
      if (next) next();
      else this.#inside--;
    };
  }
}
