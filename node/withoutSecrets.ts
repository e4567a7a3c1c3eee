/** Cuts a URL down to its host: passwords, paths and queries often hold keys. Works on text that is no URL, too. */
export function withoutSecrets(url: string): string {
  const [, scheme = "", , host = "", rest = ""] = /^([a-z+]+:\/\/)?(\S*@)?([^/?#\s]*)(.*)$/is.exec(url) ?? [];
  return `${scheme}${host}${rest === "" || rest === "/" ? "" : "/…"}`;
}

/** Cuts each URL in a text down to its host. */
export function urlsWithoutSecrets(text: string): string {
  return text.replaceAll(/\b(?:https?|wss?|postgres(?:ql)?):\/\/[^\s"'`<>)\]},;]+/gi, (url) => {
    const [, address = "", end = ""] = /^(.*?)([.:]*)$/.exec(url) ?? [];
    return `${withoutSecrets(address)}${end}`;
  });
}
