import { useSyncExternalStore } from "react";
import type { Address, Hash, Hex } from "viem";

/**
 * The phase of a job. Jobs are kept beyond a reload, since a transaction goes on without the page that sent it.
 *
 * - `trying`: nothing was sent yet, nothing was asked
 * - `asking`: the wallet asks its owner
 * - `sent`: the network has it
 * - `mined`: it is in a block; the indexer does not know yet
 * - `done`: the indexer knows
 * - `stopped`: it went no further; `says` tells why
 */
export type Phase = "trying" | "asking" | "sent" | "mined" | "done" | "stopped";

export interface SentTransaction {
  to: Address;
  data: Hex;
  value: string;
  nonce: number;
  /** The newest block when it was sent. */
  sentAt: string;
  /** The most that it offers for a unit of gas, in wei. */
  most: string;
  /** Unknown until the wallet has answered. */
  hash?: Hash;
  /** The block that it is in. */
  block?: string;
}

/** A sentence about an outcome, and the page that shows it. */
export interface Outcome {
  says: string;
  href?: string;
}

export interface Job {
  id: string;
  /** A key of its subject: the same is not begun twice. */
  key: string;
  title: string;
  /** The page that began it. */
  where: string;
  chainId: number;
  ledger: Address;
  account: Address;
  /** A sentence for each. */
  steps: string[];
  /** The step under way, from 0 on. */
  step: number;
  phase: Phase;
  tx?: SentTransaction;
  /** The newest word about it. */
  says: string;
  outcomes: Outcome[];
  at: number;
}

const KEY = "tributary.jobs";
const MOST_KEPT = 12;
const listeners = new Set<() => void>();
let all: readonly Job[] = read();

function read(): Job[] {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "[]") as Job[];
  } catch {
    return []; // storage that cannot be read holds nothing
  }
}

function set(next: readonly Job[]): void {
  all = next;
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // They are known until the page is left.
  }
  for (const tell of listeners) tell();
}

window.addEventListener("storage", ({ key }) => {
  if (key !== KEY) return;
  all = read();
  for (const tell of listeners) tell();
});

export const isUnderWay = ({ phase }: Job): boolean => phase !== "done" && phase !== "stopped";

export const jobs = {
  all: () => all,
  of: (id: string) => all.find((job) => job.id === id),
  add(job: Job): void {
    const kept = all.filter((each) => isUnderWay(each) || each.key !== job.key);
    set([job, ...kept].slice(0, MOST_KEPT));
  },
  change(id: string, given: Partial<Job>): void {
    set(all.map((job) => (job.id === id ? { ...job, ...given } : job)));
  },
  forget(id: string): void {
    set(all.filter((job) => job.id !== id));
  },
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useJobs = (): readonly Job[] => useSyncExternalStore(subscribe, jobs.all);
