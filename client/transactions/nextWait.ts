import type { Address, Hash, Hex, TransactionReceipt } from "viem";
import type { Call } from "./cost.ts";

/** A transaction that was sent. */
export interface Sent extends Call {
  hash: Hash;
  from: Address;
  nonce: number;
  /** The newest block when it was sent. */
  sentAt: bigint;
  /** The most that it offers for a unit of gas, in wei. */
  most: bigint;
}

/** State of the network at one look at a transaction. */
export type Observation =
  /** In a block; its depth is 1 in the newest. */
  | { kind: "mined"; receipt: TransactionReceipt; depth: number }
  /** Waiting with the node. */
  | { kind: "waiting"; baseFeePerGas: bigint | null }
  /** The node does not know it, and its nonce is free. */
  | { kind: "unknown" }
  /** The account's nonce is beyond it. */
  | { kind: "passedOver" }
  /** The transaction that was mined with its nonce; undefined if it was not found. */
  | { kind: "replaced"; by: { hash: Hash; to: Address | null; input: Hex } | undefined }
  /** The node gives no answer. */
  | { kind: "silent"; reason: string };

export interface WaitState {
  /** The transaction that is followed: the one that was sent, or the same call at another gas price. */
  hash: Hash;
  wasMined: boolean;
  /** Looks in a row at which the nonce was beyond it. */
  passedOver: number;
  /** Time at which the node knew it last, in milliseconds. */
  knownAt: number;
  /** Time at which the node answered last, in milliseconds. */
  answeredAt: number;
}

export interface WaitLimits {
  confirmations: number;
  droppedAfterMs: number;
  silentForMs: number;
  /** Returns a transaction as people are shown it. */
  show: (hash: Hash) => string;
}

/** The next state, lines for people, and the end if it is one. */
export interface Wait {
  state: WaitState;
  lines: readonly string[];
  done?: TransactionReceipt;
  /** The reason for which waiting is over without a receipt. */
  failure?: string;
}

/** Nodes behind one address may differ for a moment, so a nonce must be passed over at this many looks in a row. */
export const PASSED_OVER_LOOKS = 3;

export const firstState = ({ hash }: Pick<Sent, "hash">, now: number): WaitState => ({
  hash,
  wasMined: false,
  passedOver: 0,
  knownAt: now,
  answeredAt: now,
});

/** Decides how waiting for a transaction goes on after one look at the network. */
export function nextWait(state: WaitState, seen: Observation, sent: Sent, limits: WaitLimits, now: number): Wait {
  const { show } = limits;
  if (seen.kind === "silent") {
    if (now - state.answeredAt <= limits.silentForMs) {
      return { state, lines: [`  the node gives no answer (${seen.reason}); asking again`] };
    }
    return {
      state,
      lines: [],
      failure: `The node gives no answer about ${show(state.hash)} (${seen.reason}). It was sent and may be mined: look there before you send it again.`,
    };
  }

  const next: WaitState = { ...state, wasMined: seen.kind === "mined", answeredAt: now };
  const lines =
    state.wasMined && !next.wasMined ? ["  the chain took its block back; waiting for it to be mined again"] : [];
  switch (seen.kind) {
    case "mined": {
      const { receipt, depth } = seen;
      if (depth >= limits.confirmations) return { state: next, lines, done: receipt };
      const confirmations = `${Math.max(depth, 0)} of ${limits.confirmations} confirmations`;
      return { state: next, lines: [`  in block ${receipt.blockNumber}; ${confirmations}`] };
    }
    case "waiting": {
      const isDearer = seen.baseFeePerGas !== null && seen.baseFeePerGas > sent.most;
      const dearer =
        "  the gas price rose above what it offers; it waits until the price falls, or is sped up in a wallet";
      return { state: { ...next, knownAt: now }, lines: isDearer ? [...lines, dearer] : lines };
    }
    case "unknown":
      if (now - state.knownAt <= limits.droppedAfterMs) {
        return { state: next, lines: [...lines, "  the node does not know it at the moment"] };
      }
      return {
        state: next,
        lines,
        failure: `The node no longer knows ${show(state.hash)}: it was dropped before it was mined. Try again; the transaction's nonce, ${sent.nonce}, is still free.`,
      };
    case "passedOver":
      return { state: { ...next, passedOver: state.passedOver + 1 }, lines };
    case "replaced":
      return followReplacement(next, seen.by, sent, show);
  }
}

function followReplacement(
  state: WaitState,
  by: (Observation & { kind: "replaced" })["by"],
  sent: Sent,
  show: WaitLimits["show"],
): Wait {
  if (!by) {
    return {
      state,
      lines: [],
      failure: `Another transaction took the place of ${show(state.hash)} (nonce ${sent.nonce} of ${sent.from}). This one will not be mined; see what the other did before you send it again.`,
    };
  }
  if (!isSameCall(by, sent)) {
    return {
      state,
      lines: [],
      failure: `${show(state.hash)} was replaced by ${show(by.hash)}, which does something else, or cancels it. It will not be mined.`,
    };
  }
  const followed = { ...state, hash: by.hash, passedOver: 0 };
  if (by.hash === state.hash) return { state: followed, lines: [] };
  return { state: followed, lines: [`  was replaced by the same at another gas price: ${show(by.hash)}`] };
}

/** Returns true if a transaction of the chain makes this call. */
export const isSameCall = (mined: { to: string | null; input: string }, { to, data }: Pick<Call, "to" | "data">) =>
  mined.to?.toLowerCase() === to.toLowerCase() && mined.input === data;
