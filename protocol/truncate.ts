/** Cuts a text to at most so many UTF-16 units, never within a character. */
export const truncate = (text: string, most: number): string => text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "");
