/** Length beside a figure, from 0 to 1. The figure says the same, so it is not read out. */
export function Bar({ portion }: { portion: number }) {
  return (
    <span className="bar" aria-hidden="true">
      <span style={{ inlineSize: `${Math.max(portion > 0 ? 0.5 : 0, 100 * portion)}%` }} />
    </span>
  );
}
