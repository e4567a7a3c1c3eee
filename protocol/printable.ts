/** A text that somebody else wrote, without what would steer a terminal. */
export const printable = (text: string): string => text.replace(/\p{C}/gu, "�");
