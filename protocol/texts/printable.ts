import { replaceUnsafe } from "./plainText.ts";

/** Replaces by U+FFFD the characters by which a stranger's text could control a terminal or mislead its reader. */
export const printable = (text: string): string => replaceUnsafe(text, "\ufffd");
