/** Shortens a URL to its host, because passwords, paths and queries often contain keys. Accepts any text. */
export function withoutSecrets(url: string): string {
  const [, scheme = "", , address = "", rest = ""] = /^([a-z+]+:\/\/)?([^]*@)?([^/?#\s]*)([^]*)$/i.exec(url) ?? [];
  // Anything but a number in the place of a port can be a part of a password.
  const [host = ""] = /^(?:\[[\da-f:.]*\]|[^:[\]]*)(?::\d{1,5}$)?/i.exec(address) ?? [];
  const isWhole = host === address && (rest === "" || rest === "/");
  return `${scheme}${host}${isWhole ? "" : "/…"}`;
}

/** A URL within a text. A user name, a password and an IPv6 address may contain what ends a URL elsewhere. */
const URLS = /\b(?:https?|wss?|postgres(?:ql)?):\/\/(?:[^\s/@]*@)?(?:\[[\da-f:.]*\])?[^\s"'`<>)\]},;]*/gi;

/** Shortens each URL in a text to its host. */
export function urlsWithoutSecrets(text: string): string {
  return text.replaceAll(URLS, (url) => {
    const [, address = "", end = ""] = /^(.*?)([.:]*)$/.exec(url) ?? [];
    return `${withoutSecrets(address)}${end}`;
  });
}
