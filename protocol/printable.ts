/** Replaces the characters of a stranger's text that would steer a terminal. */
export const printable = (text: string): string => text.replace(/\p{C}/gu, "�");
