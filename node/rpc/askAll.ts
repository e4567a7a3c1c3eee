import type { Answer } from "./answers.ts";
import type { BatchSize } from "./batchSize.ts";
import type { EndpointError } from "./endpointError.ts";

/** Ways to ask an endpoint. A failure is an answer, too; undefined stands for a missing one. */
export interface Asking<Call> {
  /** Undefined: batches are of no use, because each call may be sent at any time over one connection. */
  batches: BatchSize | undefined;
  askOne: (call: Call) => Promise<Answer>;
  askBatch: (calls: readonly Call[]) => Promise<readonly (Answer | undefined)[]>;
  /** Waits as long as the endpoint must be left alone. Returns false, at once, if that is too long. */
  rest: (failure: EndpointError) => Promise<boolean>;
}

/** Number of calls that are sent at the same time, each as a request of its own, where batches do not work. */
const CALLS_AT_ONCE = 10;

/**
 * Asks for the results of several calls in as few round trips as the endpoint allows. What a batch leaves open is asked for
 * in smaller ones, down to single calls.
 *
 * @throws {EndpointError} if there is no usable answer to one of them.
 */
export async function askAll<Call>(calls: readonly Call[], asking: Asking<Call>): Promise<unknown[]> {
  const { batches } = asking;
  const open = new OpenCalls(calls);
  /** True if a batch was limited although a single call was answered. */
  let wasLimited = false;
  while (open.count > 0) {
    const size = batches ? Math.min(batches.size, open.count) : 1;
    const failure = batches && size > 1 ? await askBatch(size, batches) : await askEach();
    if (!failure) continue;
    // Calls that were answered are not sent again: else a low rate would never let all of them through.
    if (failure.kind !== "limited" || !open.takeProgress() || !(await asking.rest(failure))) throw failure;
  }
  return open.results;

  async function askEach(): Promise<EndpointError | undefined> {
    const asked = open.first(batches ? CALLS_AT_ONCE : open.count);
    const answers = await Promise.all(asked.map((call) => asking.askOne(call)));
    open.settle(answers);
    const failure = answers.map(errorOf).find((error) => error !== undefined);
    if (!failure) batches?.recordSuccess(1);
    return failure;
  }

  /** Sends a batch. Returns the failure that is not the batch's. */
  async function askBatch(size: number, sizes: BatchSize): Promise<EndpointError | undefined> {
    const answers = await asking.askBatch(open.first(size));
    const answered = open.settle(answers);
    if (answered === size) {
      sizes.recordSuccess(size);
      return undefined;
    }
    const failure = errorOf(answers.find((answer) => !answer || "error" in answer));
    const isRate = failure?.kind === "limited";
    // After a timeout, or where the node says how long to wait, another call would only add to the load.
    if (failure?.isTimeout || (isRate && (wasLimited || failure?.retryAfterMs !== undefined))) {
      sizes.recordFailure(size, isRate ? answered : Math.floor(size / 4));
      return failure;
    }
    // The same call alone shows if the batch is at fault.
    const alone = await Promise.all(open.first(1).map((call) => asking.askOne(call)));
    const isAnswered = open.settle(alone) === 1;
    if (isAnswered || (isRate && answered > 0)) sizes.recordFailure(size, answered);
    wasLimited ||= isRate;
    return errorOf(alone[0]);
  }
}

const errorOf = (answer: Answer | undefined) => (answer && "error" in answer ? answer.error : undefined);

/** The calls that are not answered yet, and the results of the others. */
class OpenCalls<Call> {
  readonly results: unknown[];
  #open: { call: Call; place: number }[];
  #hasProgress = false;

  constructor(calls: readonly Call[]) {
    this.results = Array.from<unknown>({ length: calls.length });
    this.#open = calls.map((call, place) => ({ call, place }));
  }

  get count(): number {
    return this.#open.length;
  }

  first(count: number): Call[] {
    return this.#open.slice(0, count).map(({ call }) => call);
  }

  /** Stores the results of the first calls. Those without a result stay open. Returns the number of results. */
  settle(answers: readonly (Answer | undefined)[]): number {
    const left = this.#open.filter(({ place }, i) => {
      const answer = answers[i];
      if (!answer || "error" in answer) return true;
      this.results[place] = answer.result;
      return false;
    });
    const settled = this.#open.length - left.length;
    this.#hasProgress ||= settled > 0;
    this.#open = left;
    return settled;
  }

  /** Returns true if there was a result since this was asked last. */
  takeProgress(): boolean {
    const hadProgress = this.#hasProgress;
    this.#hasProgress = false;
    return hadProgress;
  }
}
