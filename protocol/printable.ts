/** Replaces control characters, by which a stranger's text could control a terminal. */
export const printable = (text: string): string => text.replace(/\p{C}/gu, "�");
