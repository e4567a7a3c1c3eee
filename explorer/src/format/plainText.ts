import { plainText as oneLine } from "#protocol/texts/plainText.ts";
import { truncate } from "#protocol/texts/truncate.ts";

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** Code points for which a character counts once. One of more, such as an endless family of emoji, counts several times. */
const LONGEST_CHARACTER = 8;

/**
 * Returns an untrusted text as one line that cannot affect the text around it. It is cut between characters as readers see
 * them, such as a letter with its marks or a family of emoji.
 */
export function plainText(text: string, most = 80): string {
  const line = oneLine(truncate(text, LONGEST_CHARACTER * most));
  if (line.length <= most) return line;
  let [count, end] = [0, 0];
  for (const { index, segment } of graphemes.segment(line)) {
    count += Math.ceil([...segment].length / LONGEST_CHARACTER);
    if (count < most) end = index + segment.length;
    if (count > most) return `${line.slice(0, end)}…`;
  }
  return line;
}
