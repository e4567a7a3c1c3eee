import type { KindName } from "../api/client.ts";

const SHAPES = {
  dataset: <rect x="2" y="2" width="12" height="12" rx="1.5" />,
  model: <circle cx="8" cy="8" r="6.6" />,
  agent: <path d="M8 .6 15.4 8 8 15.4.6 8Z" />,
} satisfies Record<KindName, unknown>;

/** Icon of a kind: a square for a dataset, a circle for a model, a diamond for an agent. */
export function KindIcon({ of }: { of: KindName }) {
  return (
    <svg className={`kind ${of}`} viewBox="0 0 16 16" role="img" aria-label={of}>
      {SHAPES[of]}
    </svg>
  );
}

/** Icon and name of a kind. */
export function Kind({ of }: { of: KindName }) {
  return (
    <span className="kind-name">
      <svg className={`kind ${of}`} viewBox="0 0 16 16" aria-hidden="true">
        {SHAPES[of]}
      </svg>
      {of}
    </span>
  );
}
