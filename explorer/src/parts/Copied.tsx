import { useState } from "react";

const TOLD_MS = 2_000;

/** A text to copy, such as an address. */
export function Copied({ text }: { text: string }) {
  const [told, setTold] = useState("");
  const copy = async () => {
    let said = "Copied";
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      said = "Mark it and copy it yourself"; // only a page from a trusted origin has a clipboard, and one may refuse it
    }
    setTold(said);
    setTimeout(() => setTold(""), TOLD_MS);
  };
  return (
    <span className="copied">
      <code>{text}</code>{" "}
      <button type="button" onClick={() => void copy()}>
        Copy
      </button>{" "}
      <span role="status">{told}</span>
    </span>
  );
}
