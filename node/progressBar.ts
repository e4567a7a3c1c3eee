import { Presets, SingleBar } from "cli-progress";

/**
 * A progress bar on a terminal; elsewhere a line at every tenth.
 *
 * @param beside - What stands at its end, in cli-progress' words; `{note}` is what each update says.
 */
export function progressBar(what: string, beside = "{eta_formatted} left") {
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
    { format: `${what} {bar} {value}/{total}  ${beside}`, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  let started = false;
  return {
    update: (done: number, total: number, note = "") => {
      if (!started) bar.start(total, 0, { note });
      started = true;
      bar.setTotal(total);
      bar.update(done, { note });
    },
    stop: () => bar.stop(),
  };
}
