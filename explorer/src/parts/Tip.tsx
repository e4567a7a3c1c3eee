import { type ReactNode, useId, useState } from "react";

interface TipProps {
  text: string;
  children: ReactNode;
  onShow?: () => void;
}

/** A figure's name with its formula, shown on hover, on focus and on touch. */
export function Tip({ text, children, onShow }: TipProps) {
  const id = useId();
  const [shown, setShown] = useState(false);
  const show = () => {
    setShown(true);
    onShow?.();
  };
  return (
    <span className="tip" onMouseEnter={show} onMouseLeave={() => setShown(false)}>
      <button
        type="button"
        aria-describedby={id}
        aria-expanded={shown}
        onFocus={show}
        onBlur={() => setShown(false)}
        onClick={show}
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
