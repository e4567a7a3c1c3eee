const OPENED = new Set(["http:", "https:", "ipfs:"]);

/** An address that somebody wrote, if it is one that may be a link. */
export function safeLink(text: string): string | undefined {
  if (text.length > 2_000 || !URL.canParse(text)) return undefined;
  const { protocol, href } = new URL(text);
  return OPENED.has(protocol) ? href : undefined;
}
