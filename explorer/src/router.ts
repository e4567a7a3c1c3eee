import { useSyncExternalStore } from "react";

/** Where the reader is: behind the `#`, so that any host of static files will do. */
export interface Route {
  /** `/assets/3` is `["assets", "3"]`. */
  path: string[];
  query: URLSearchParams;
}

export const href = (path: string, query?: Record<string, string | number | undefined>): string => {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `#${path}${text && `?${text}`}`;
};

export function parseHash(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#/, "").split("?", 2);
  const parts = path.split("/").filter((part) => part !== "");
  return { path: parts.map(decoded), query: new URLSearchParams(query) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const go = (to: string): void => location.assign(to);

/** As a link, but leaves no step to come back to: for filters that change while one types. */
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
