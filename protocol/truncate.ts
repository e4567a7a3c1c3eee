/** Cuts a text to at most `most` UTF-16 code units, never within a character. */
export const truncate = (text: string, most: number): string => text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "");
