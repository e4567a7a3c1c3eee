/** Splits a text at its commas. Trims each entry and drops empty ones. */
export const splitList = (text: string): string[] =>
  text
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
