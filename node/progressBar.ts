import { Presets, SingleBar } from "cli-progress";

/**
 * Shows progress: as a bar on a terminal, elsewhere as a line at every tenth.
 *
 * @param beside - Text at its end, as a format of cli-progress; `{note}` is the note of the last update.
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
