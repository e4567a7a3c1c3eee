const SAFE_PROTOCOLS = new Set(["http:", "https:", "ipfs:"]);

/** Returns an untrusted address if it is safe as a link; otherwise undefined. */
export function safeLink(text: string): string | undefined {
  if (text.length > 2_000 || !URL.canParse(text)) return undefined;
  const { protocol, href } = new URL(text);
  return SAFE_PROTOCOLS.has(protocol) ? href : undefined;
}
