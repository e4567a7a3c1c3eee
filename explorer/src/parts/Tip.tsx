import { type ReactNode, useId, useState } from "react";

interface TipProps {
  text: string;
  children: ReactNode;
  /** Called whenever the definition is shown. */
  onShow?: () => void;
}

/** Name of a figure with its definition, which shows on hover, on focus and on touch. */
export function Tip({ text, children, onShow }: TipProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const show = () => {
    setOpen(true);
    onShow?.();
  };
  return (
    <span className="tip" onMouseEnter={show} onMouseLeave={() => setOpen(false)}>
      <button
        type="button"
        aria-describedby={id}
        aria-expanded={isOpen}
        onFocus={show}
        onBlur={() => setOpen(false)}
        onClick={show}
        onKeyDown={({ key }) => key === "Escape" && setOpen(false)}
      >
        {children}
      </button>
      <span id={id} role="tooltip" hidden={!isOpen}>
        {text}
      </span>
    </span>
  );
}
