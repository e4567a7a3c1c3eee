/** Shorter parts of a URL are words such as `rpc` or `v2`, not secrets. */
const SHORTEST_SECRET = 8;
const LONGEST_TEXT = 600;

/**
 * Returns a function that makes a text fit to be shown to anyone: it shortens URLs to their hosts, hides the secret parts
 * of the given URLs wherever they occur, and cuts long texts. Nodes echo keys in their errors ("Cannot POST /v2/KEY").
 */
export function redactor(urls: readonly string[]): (text: string) => string {
  const secrets = urls.flatMap(secretsOf).toSorted((a, b) => b.length - a.length);
  return (text) => {
    let shown = text.replaceAll(/\b[a-z][a-z0-9+.-]*:\/\/(?:[^\s/@]*@)?([^\s/?#"'<>]*)[^\s"'<>]*/gi, "$1");
    for (const secret of secrets) shown = shown.replaceAll(secret, "…");
    return shown.length <= LONGEST_TEXT ? shown : `${shown.slice(0, LONGEST_TEXT - 1).toWellFormed()}…`;
  };
}

function secretsOf(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const { pathname, searchParams, username, password } = new URL(url);
  const parts = [...pathname.split("/"), ...searchParams.values(), username, password];
  return parts.flatMap((part) => [part, decode(part)]).filter((part) => part.length >= SHORTEST_SECRET);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
