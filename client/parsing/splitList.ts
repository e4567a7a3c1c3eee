/** Returns the entries between commas, without blanks around them; empty ones are left out. */
export const splitList = (text: string): string[] =>
  text
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
