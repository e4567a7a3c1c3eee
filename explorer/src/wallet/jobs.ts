import { useSyncExternalStore } from "react";
import type { Address, Hash, Hex } from "viem";

/**
 * The phase of a job. Jobs survive a reload, because a transaction continues without the page that sent it.
 *
 * - `trying`: the call is checked; the wallet has not been asked yet
 * - `asking`: the wallet waits for its owner
 * - `sent`: the network has the transaction
 * - `mined`: the transaction is in a block that the indexer does not have yet
 * - `done`: the indexer has the block
 * - `stopped`: the job failed; `says` contains the reason
 */
export type Phase = "trying" | "asking" | "sent" | "mined" | "done" | "stopped";

export const PHASE_NAMES: Readonly<Record<Phase, string>> = {
  trying: "Preparing",
  asking: "Waiting for you",
  sent: "Sent",
  mined: "In a block",
  done: "Done",
  stopped: "Stopped",
};

export interface SentTransaction {
  to: Address;
  data: Hex;
  value: string;
  nonce: number;
  /** The head of the chain when it was sent. */
  sentAt: string;
  /** The maximum price that it offers for a unit of gas, in wei. */
  most: string;
  /** Undefined until the wallet has answered. */
  hash?: Hash;
  /** The block that contains it. */
  block?: string;
}

/** A sentence about an outcome, and the page that shows it. */
export interface Outcome {
  says: string;
  href?: string;
}

export interface Job {
  id: string;
  /** A key of the subject. A job with this key is not started while another one is unfinished. */
  key: string;
  title: string;
  /** The page that started it. */
  where: string;
  chainId: number;
  ledger: Address;
  account: Address;
  /** A sentence for each step. */
  steps: string[];
  /** The current step, from 0. */
  step: number;
  phase: Phase;
  tx?: SentTransaction;
  /** The latest message about it. */
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
    return []; // storage that cannot be read contains no jobs
  }
}

function set(next: readonly Job[]): void {
  all = next;
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // Without storage, the jobs are remembered until the page is closed.
  }
  for (const listener of listeners) listener();
}

window.addEventListener("storage", ({ key }) => {
  if (key !== KEY) return;
  all = read();
  for (const listener of listeners) listener();
});

export const isUnderWay = ({ phase }: Job): boolean => phase !== "done" && phase !== "stopped";

export const jobs = {
  all: () => all,
  of: (id: string) => all.find((job) => job.id === id),
  add(job: Job): void {
    const others = all.filter((each) => isUnderWay(each) || each.key !== job.key);
    set([job, ...others].slice(0, MOST_KEPT));
  },
  change(id: string, changes: Partial<Job>): void {
    set(all.map((job) => (job.id === id ? { ...job, ...changes } : job)));
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
