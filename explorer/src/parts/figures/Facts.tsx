import type { ReactNode } from "react";

/** List of names and values, in columns where there is room. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="facts">{children}</dl>;
}

export function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Smaller line below a value, which explains it. */
export const Detail = ({ children }: { children: ReactNode }) => <span className="quiet detail">{children}</span>;
