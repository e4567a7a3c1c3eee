import { Presets, SingleBar } from "cli-progress";

/** A progress bar on a terminal; elsewhere a line at every tenth. */
export function progressBar(what: string) {
  if (!process.stderr.isTTY) {
    let tenths = -1;
    return {
      update: (done: number, total: number) => {
        const reached = Math.floor((10 * done) / total);
        if (reached === tenths) return;
        tenths = reached;
        console.error(`${what}: ${done} of ${total}`);
      },
      stop: () => undefined,
    };
  }
  const bar = new SingleBar(
    { format: `${what} {bar} {value}/{total}  {eta_formatted} left`, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  let started = false;
  return {
    update: (done: number, total: number) => {
      if (!started) bar.start(total, 0);
      started = true;
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}
