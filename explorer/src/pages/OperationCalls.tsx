import type { Schemas } from "../api/client.ts";
import { plainText } from "../format/plainText.ts";

/** Longest line about a call. */
const LONGEST = 600;

/** The calls of a scheduled operation in words, with the calls within a call indented. */
export function OperationCalls({ of: { calls } }: { of: Pick<Schemas["GovernanceOperation"], "calls"> }) {
  return (
    <ul className="says">
      {calls.flatMap(({ says, index }) =>
        says.map((line, i) => (
          // The lines of a call never change, so their places identify them.
          <li key={`${index}-${i}`} style={{ marginInlineStart: `${depthOf(line)}rem` }}>
            {plainText(line, LONGEST)}
          </li>
        )),
      )}
    </ul>
  );
}

const depthOf = (line: string) => (line.length - line.trimStart().length) / 2;
