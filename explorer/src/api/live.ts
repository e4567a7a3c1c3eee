import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { askAgain } from "./askAgain.ts";
import { apiUrl, type Schemas } from "./client.ts";

export type LiveEvent =
  | { type: "fee"; data: Schemas["Fee"] }
  | { type: "claim"; data: Schemas["Claim"] }
  | { type: "settlement"; data: { id: string; releases: number[]; settled: Schemas["Position"] } };

export interface Live {
  connection: "connecting" | "open" | "lost";
  /** Newest first. */
  events: readonly LiveEvent[];
  /** Number of reorgs since the page was opened. */
  reorgs: number;
}

const MOST_EVENTS = 30;
/** Minimum time between two refreshes of the answers, on a fast chain as well. */
const MIN_REFRESH_MS = 3_000;
/** Time after which a stream that the browser has given up is opened again. */
const REOPEN_MS = 3_000;
const TYPES = ["fee", "claim", "settlement"] as const;

let live: Live = { connection: "connecting", events: [], reorgs: 0 };
const listeners = new Set<() => void>();

function set(change: Partial<Live>): void {
  live = { ...live, ...change };
  for (const listener of listeners) listener();
}

/** Follows the events of the API, and invalidates all answers at each new block. Returns a function that stops it. */
export function listen(queries: QueryClient): () => void {
  let source: EventSource;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastRefresh = 0;
  const refresh = () => {
    if (timer !== undefined) return;
    const delay = Math.max(0, lastRefresh + MIN_REFRESH_MS - Date.now());
    timer = setTimeout(() => {
      timer = undefined;
      lastRefresh = Date.now();
      void askAgain(queries, ({ queryKey }) => queryKey[0] !== "descriptions");
    }, delay);
  };

  const open = () => {
    source = new EventSource(apiUrl("/v1/events"));
    follow(source);
  };
  const follow = (events: EventSource) => {
    events.addEventListener("open", () => {
      // The API does not resend the events that were missed while disconnected.
      if (live.connection === "lost") refresh();
      set({ connection: "open" });
    });
    events.addEventListener("error", () => {
      set({ connection: "lost" });
      // The browser reconnects by itself after a broken connection, but not after an answer such as 502 of a proxy.
      if (events.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_MS);
    });
    events.addEventListener("block", refresh);
    events.addEventListener("missed", refresh);
    events.addEventListener("reorg", () => {
      set({ reorgs: live.reorgs + 1, events: [] });
      refresh();
    });
    for (const type of TYPES) {
      events.addEventListener(type, ({ data }: MessageEvent<string>) => {
        const event = { type, data: JSON.parse(data) as unknown } as LiveEvent; // as the API documents it
        const others = live.events.filter((each) => each.data.id !== event.data.id);
        set({ events: [event, ...others].slice(0, MOST_EVENTS) });
      });
    }
  };
  open();
  return () => {
    clearTimeout(timer);
    clearTimeout(reopening);
    source.close();
  };
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useLive = (): Live => useSyncExternalStore(subscribe, () => live);
