import { useSyncExternalStore } from "react";

/** A place in the explorer. Addresses have it behind the `#`, so that any host of static files will do. */
export interface Route {
  /** `/assets/3` is `["assets", "3"]`. */
  path: string[];
  query: URLSearchParams;
}

/** Returns the address of a place. Values that are undefined or empty are left out of the query. */
export const href = (path: string, query?: Record<string, string | number | undefined>): string => {
  const entries = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString();
  return `#${path}${text && `?${text}`}`;
};

/** Reads a place from an address, which anyone may have made. */
export function parseHash(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#/, "").split("?", 2);
  const parts = path.split("/").filter((part) => part !== "");
  return { path: parts.map(decodePart), query: new URLSearchParams(query) };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Matches a path with a pattern such as `releases/:`. Returns the part at `:`, "" without one, undefined if it differs. */
export function matchPath(pattern: string, path: readonly string[]): string | undefined {
  const parts = pattern === "" ? [] : pattern.split("/");
  const matches = parts.length === path.length && parts.every((part, i) => part === ":" || part === path[i]);
  return matches ? (path[parts.indexOf(":")] ?? "") : undefined;
}

export const go = (to: string): void => location.assign(to);

/** Goes to a place without a step in the history: for filters that change while one types. */
export function replaceWith(to: string): void {
  history.replaceState(null, "", to);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}

const subscribe = (onChange: () => void) => {
  window.addEventListener("hashchange", onChange);
  return () => window.removeEventListener("hashchange", onChange);
};

export const useHash = (): string => useSyncExternalStore(subscribe, () => location.hash);
export const useRoute = (): Route => parseHash(useHash());
