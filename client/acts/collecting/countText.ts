/** Returns a count with its noun, such as "1 release" or "2 releases". */
export const countText = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
