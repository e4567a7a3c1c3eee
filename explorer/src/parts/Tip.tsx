import { type ReactNode, useId, useState } from "react";

/** A figure's name with its formula, shown on hover, on focus and on touch. */
export function Tip({ text, children }: { text: string; children: ReactNode }) {
  const id = useId();
  const [shown, setShown] = useState(false);
  return (
    <span className="tip" onMouseEnter={() => setShown(true)} onMouseLeave={() => setShown(false)}>
      <button
        type="button"
        aria-describedby={id}
        aria-expanded={shown}
        onFocus={() => setShown(true)}
        onBlur={() => setShown(false)}
        onClick={() => setShown(true)}
        onKeyDown={({ key }) => key === "Escape" && setShown(false)}
      >
        {children}
      </button>
      <span id={id} role="tooltip" hidden={!shown}>
        {text}
      </span>
    </span>
  );
}
