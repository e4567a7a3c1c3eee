/** Returns a count with its noun, such as "1 release" or "2 releases". */
export const countText = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : plural}`;
