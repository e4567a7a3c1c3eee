/** The name of a column of bars, which is read out and not shown. */
export const BAR = <span className="unseen">Bar</span>;

/** Length beside a figure, from 0 to 1. Screen readers skip it, since the figure contains the same value. */
export function Bar({ portion }: { portion: number }) {
  return (
    <span className="bar" aria-hidden="true">
      <span style={{ inlineSize: `${Math.max(portion > 0 ? 0.5 : 0, 100 * portion)}%` }} />
    </span>
  );
}
