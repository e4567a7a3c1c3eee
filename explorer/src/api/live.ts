import type { QueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { apiUrl, type Schemas } from "./client.ts";

export type LiveEvent =
  | { type: "fee"; data: Schemas["Fee"] }
  | { type: "claim"; data: Schemas["Claim"] }
  | { type: "settlement"; data: { id: string; releases: number[]; settled: Schemas["Position"] } };

export interface Live {
  connection: "connecting" | "open" | "lost";
  /** The newest first. */
  events: readonly LiveEvent[];
  /** How often the chain took blocks back since the page was opened. */
  reorgs: number;
}

const MOST_EVENTS = 30;
/** Answers are asked for anew at most so often, however fast the chain is. */
const REST_MS = 3_000;
const TYPES = ["fee", "claim", "settlement"] as const;

let live: Live = { connection: "connecting", events: [], reorgs: 0 };
const listeners = new Set<() => void>();

function set(change: Partial<Live>): void {
  live = { ...live, ...change };
  for (const tell of listeners) tell();
}

/** Listens to what happens, and has every answer asked for anew when there is a new block. Answers how to stop. */
export function listen(queries: QueryClient): () => void {
  const source = new EventSource(apiUrl("/v1/events"));
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const renew = () => {
    if (waiting !== undefined) return;
    const rest = Math.max(0, last + REST_MS - Date.now());
    waiting = setTimeout(() => {
      waiting = undefined;
      last = Date.now();
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "descriptions" });
    }, rest);
  };

  source.addEventListener("open", () => {
    // What happened while nobody listened is not told.
    if (live.connection === "lost") renew();
    set({ connection: "open" });
  });
  source.addEventListener("error", () => set({ connection: "lost" }));
  source.addEventListener("block", renew);
  source.addEventListener("missed", renew);
  source.addEventListener("reorg", () => {
    set({ reorgs: live.reorgs + 1, events: [] });
    renew();
  });
  for (const type of TYPES) {
    source.addEventListener(type, ({ data }: MessageEvent<string>) => {
      const event = { type, data: JSON.parse(data) as unknown } as LiveEvent; // as the API documents it
      const others = live.events.filter((each) => each.data.id !== event.data.id);
      set({ events: [event, ...others].slice(0, MOST_EVENTS) });
    });
  }
  return () => {
    clearTimeout(waiting);
    source.close();
  };
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useLive = (): Live => useSyncExternalStore(subscribe, () => live);
