/** Shortens a URL to its host, because passwords, paths and queries often contain keys. Accepts any text. */
export function withoutSecrets(url: string): string {
  const [, scheme = "", , host = "", rest = ""] = /^([a-z+]+:\/\/)?(\S*@)?([^/?#\s]*)(.*)$/is.exec(url) ?? [];
  return `${scheme}${host}${rest === "" || rest === "/" ? "" : "/…"}`;
}

/** Shortens each URL in a text to its host. */
export function urlsWithoutSecrets(text: string): string {
  return text.replaceAll(/\b(?:https?|wss?|postgres(?:ql)?):\/\/[^\s"'`<>)\]},;]+/gi, (url) => {
    const [, address = "", end = ""] = /^(.*?)([.:]*)$/.exec(url) ?? [];
    return `${withoutSecrets(address)}${end}`;
  });
}
