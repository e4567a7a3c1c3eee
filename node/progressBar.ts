import { Presets, SingleBar } from "cli-progress";

/**
 * Shows progress: as a bar on a terminal, else as one line for every tenth.
 *
 * @param suffix - Text after the bar, as a format of cli-progress; `{note}` is the note of the last update.
 */
export function progressBar(label: string, suffix = "{eta_formatted} left") {
  if (!process.stderr.isTTY) {
    let tenths = -1;
    return {
      update: (done: number, total: number, note = "") => {
        const reached = Math.floor((10 * done) / total);
        if (reached === tenths) return;
        tenths = reached;
        console.error(`${label}: ${done} of ${total}${note && `, ${note}`}`);
      },
      stop: () => undefined,
    };
  }
  const bar = new SingleBar(
    { format: `${label} {bar} {value}/{total}  ${suffix}`, hideCursor: true, clearOnComplete: true },
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
