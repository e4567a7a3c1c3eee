import { useState } from "react";

/** Time that the notice is shown. */
const NOTICE_MS = 2_000;

/** Text with a button that copies it, such as an address. */
export function CopyableText({ text }: { text: string }) {
  const [notice, setNotice] = useState("");
  const copy = async () => {
    let result = "Copied";
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Only a page from a trusted origin has a clipboard, and the browser may refuse access to it.
      result = "Copying is blocked: select the text and copy it";
    }
    setNotice(result);
    setTimeout(() => setNotice(""), NOTICE_MS);
  };
  return (
    <span>
      <code>{text}</code>{" "}
      <button type="button" onClick={() => void copy()}>
        Copy
      </button>{" "}
      <span role="status">{notice}</span>
    </span>
  );
}
