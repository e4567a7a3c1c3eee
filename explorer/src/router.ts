import { type ComponentType, useSyncExternalStore } from "react";

/** A place in the explorer. It is the part of the address behind the `#`, so that any static file server can host the explorer. */
export interface Route {
  /** The parts of the path: `["assets", "3"]` for `/assets/3`. */
  path: string[];
  query: URLSearchParams;
}

/** Returns the address of a place. The query leaves out values that are undefined or empty. */
export const href = (path: string, query?: Record<string, string | number | undefined>): string => {
  const entries = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString();
  return `#${path}${text && `?${text}`}`;
};

/** Reads a place from an address, which is untrusted. */
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

/** Matches a path with a pattern such as `releases/:`. Returns the part at `:`, "" if the pattern has none, undefined if it does not match. */
export function matchPath(pattern: string, path: readonly string[]): string | undefined {
  const parts = pattern === "" ? [] : pattern.split("/");
  const matches = parts.length === path.length && parts.every((part, i) => part === ":" || part === path[i]);
  return matches ? (path[parts.indexOf(":")] ?? "") : undefined;
}

/** A page, which gets the part of the path at `:` as its parameter. */
type RoutePage = ComponentType<{ param: string }>;
export type PageRoute = readonly [path: string, page: RoutePage];

/** Finds the page of a path; undefined if none has it. */
export function pageAt(
  routes: readonly PageRoute[],
  path: readonly string[],
): { MatchingPage: RoutePage; param: string } | undefined {
  for (const [pattern, MatchingPage] of routes) {
    const param = matchPath(pattern, path);
    if (param !== undefined) return { MatchingPage, param };
  }
  return undefined;
}

export const go = (to: string): void => location.assign(to);

/** Goes to a place without adding a history entry, for filters that change while the reader types. */
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
