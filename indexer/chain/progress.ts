import { progressBar } from "#node/progressBar.ts";

/** Progress of reading the chain. */
export interface Progress {
  /**
   * The contract whose logs are read up to the journal's end, because it is new to the journal. Default: all contracts.
   */
  contract?: string;
  /** The last journalled block. */
  block: bigint;
  /** The chain's newest block. */
  target: bigint;
  /** The number of events read since the start. */
  events: number;
  eventsPerSecond: number;
  /** The time until `target` at the current rate, in seconds; undefined while it is unknown. */
  secondsLeft: number | undefined;
}

const WINDOW_MS = 10_000;

/** Returns a function that turns updates into progress, with rates over the last ten seconds. */
export function progressMeter(now: () => number = Date.now) {
  let events = 0;
  let samples: { ms: number; block: bigint; events: number }[] = [];
  return (update: { block: bigint; target: bigint; events: number }): Progress => {
    const ms = now();
    events += update.events;
    samples = samples.filter((sample, i) => sample.ms >= ms - WINDOW_MS || i === samples.length - 1);
    samples.push({ ms, block: update.block, events });
    const [first] = samples;
    const seconds = first ? (ms - first.ms) / 1_000 : 0;
    const blocks = first ? Number(update.block - first.block) : 0;
    const target = update.target > update.block ? update.target : update.block;
    const left = Number(target - update.block);
    return {
      block: update.block,
      target,
      events,
      eventsPerSecond: seconds > 0 && first ? (events - first.events) / seconds : 0,
      secondsLeft: left === 0 ? 0 : seconds > 0 && blocks > 0 ? (left * seconds) / blocks : undefined,
    };
  };
}

/** The output for progress. A terminal gets a bar, anything else lines of JSON. */
export interface ProgressOutput {
  isTTY?: boolean | undefined;
  write: (text: string) => unknown;
}

const LINE_EVERY_MS = 5_000;

/**
 * Shows progress until the newest block is indexed, and again whenever the indexer falls behind by more than a few
 * blocks.
 */
export function showProgress(chainId: number, output: ProgressOutput = process.stderr, now: () => number = Date.now) {
  let bar: ReturnType<typeof progressBar> | undefined;
  let shownMs = -Infinity;
  let caughtUp = false;
  const stop = () => {
    bar?.stop();
    bar = undefined;
  };
  const update = ({ contract, block, target, events, eventsPerSecond, secondsLeft }: Progress) => {
    const behind = target - block;
    if (caughtUp && behind < FEW_BLOCKS) return;
    const reached = behind === 0n;
    const work = contract === undefined ? "indexing" : `reading earlier events of ${contract}`;
    if (output.isTTY) {
      bar ??= progressBar(work, "{note}");
      const rate = `${Math.round(eventsPerSecond)} events/s`;
      bar.update(
        Number(block),
        Number(target),
        `${rate}, ${secondsLeft === undefined ? "?" : formatTime(secondsLeft)} left`,
      );
      if (reached) stop();
    } else if (reached || now() - shownMs >= LINE_EVERY_MS) {
      shownMs = now();
      const line = {
        time: new Date(shownMs).toISOString(),
        message: reached && contract === undefined ? "caught up" : work,
        chainId,
        block: String(block),
        target: String(target),
        events,
        eventsPerSecond: Math.round(eventsPerSecond),
        secondsLeft: secondsLeft === undefined ? null : Math.round(secondsLeft),
      };
      output.write(`${JSON.stringify(line)}\n`);
    }
    caughtUp = reached && contract === undefined;
  };
  return { update, stop };
}

const FEW_BLOCKS = 64n;

function formatTime(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}
