import type { Address, Hash, Hex, TransactionReceipt } from "viem";
import type { Call } from "./cost.ts";

/** A transaction that was sent. */
export interface SentTransaction extends Call {
  hash: Hash;
  from: Address;
  nonce: number;
  /** Number of the newest block when it was sent. */
  sentAt: bigint;
  /** Highest price that it offers for one unit of gas, in wei. */
  most: bigint;
}

/** The state of a transaction at one look. */
export type Observation =
  /** It is in a block. Its depth is 1 if that is the newest block. */
  | { kind: "mined"; receipt: TransactionReceipt; depth: number }
  /** The node knows it, but it is not mined yet. */
  | { kind: "waiting"; baseFeePerGas: bigint | null }
  /** The node does not know it, and its nonce is not used. */
  | { kind: "unknown" }
  /** Its nonce is used, but it has no receipt. */
  | { kind: "nonceUsed" }
  /** Another transaction with its nonce was mined; `by` is undefined if that was not found. */
  | { kind: "replaced"; by: { hash: Hash; to: Address | null; input: Hex } | undefined }
  /** The node does not answer. */
  | { kind: "silent"; reason: string };

export interface WaitState {
  /** Hash of the transaction to follow: the one that was sent, or the same call at another gas price. */
  hash: Hash;
  wasMined: boolean;
  /** Number of consecutive looks at which the nonce was used. */
  nonceUsedLooks: number;
  /** Time of the first of these looks, in milliseconds; undefined if there is none. */
  nonceUsedSince: number | undefined;
  /** Time at which the node last knew the transaction, in milliseconds. */
  knownAt: number;
  /** Time at which the node last answered, in milliseconds. */
  answeredAt: number;
}

export interface WaitLimits {
  confirmations: number;
  droppedAfterMs: number;
  silentForMs: number;
  /** Returns the text by which people see a transaction: a link or a hash. */
  show: (hash: Hash) => string;
}

/** The next state of waiting, lines for people, and the result if waiting is over. */
export interface Wait {
  state: WaitState;
  lines: readonly string[];
  done?: TransactionReceipt;
  /** The reason why waiting ended without a receipt. */
  failure?: string;
}

/** A nonce counts as used after this many consecutive looks: nodes behind one endpoint may differ for a moment. */
export const NONCE_USED_LOOKS = 3;

/** If no block shows the transaction that used the nonce, an endpoint may be this many milliseconds behind another. */
export const ENDPOINT_LAG_MS = 20_000;

/** Returns the state right after sending. */
export const firstState = ({ hash }: Pick<SentTransaction, "hash">, now: number): WaitState => ({
  hash,
  wasMined: false,
  nonceUsedLooks: 0,
  nonceUsedSince: undefined,
  knownAt: now,
  answeredAt: now,
});

/** Computes the next state of waiting from the state so far and one look at the network. */
export function nextWait(
  state: WaitState,
  seen: Observation,
  sent: SentTransaction,
  limits: WaitLimits,
  now: number,
): Wait {
  const { show } = limits;
  if (seen.kind === "silent") {
    if (now - state.answeredAt <= limits.silentForMs) {
      return { state, lines: [`  the node does not answer (${seen.reason}); retrying`] };
    }
    return {
      state,
      lines: [],
      failure: `The node does not answer about ${show(state.hash)} (${seen.reason}). The transaction was sent and may be mined. Look it up before you send it again.`,
    };
  }

  const next: WaitState = { ...state, wasMined: seen.kind === "mined", answeredAt: now };
  const lines =
    state.wasMined && !next.wasMined
      ? ["  a reorg removed the transaction's block; waiting until the transaction is mined again"]
      : [];
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
        "  the gas price is above what the transaction offers; waiting until the price falls, or until you speed the transaction up in a wallet";
      return { state: { ...next, knownAt: now }, lines: isDearer ? [...lines, dearer] : lines };
    }
    case "unknown":
      if (now - state.knownAt <= limits.droppedAfterMs) {
        return { state: next, lines: [...lines, "  the node does not know the transaction at the moment"] };
      }
      return {
        state: next,
        lines,
        failure: `The node no longer knows ${show(state.hash)}: it was dropped before it was mined. Send it again.`,
      };
    case "nonceUsed":
      return {
        state: { ...next, nonceUsedLooks: state.nonceUsedLooks + 1, nonceUsedSince: state.nonceUsedSince ?? now },
        lines,
      };
    case "replaced":
      if (!seen.by && now - (state.nonceUsedSince ?? now) <= ENDPOINT_LAG_MS) return { state: next, lines };
      return followReplacement(next, seen.by, sent, show);
  }
}

function followReplacement(
  state: WaitState,
  by: (Observation & { kind: "replaced" })["by"],
  sent: SentTransaction,
  show: WaitLimits["show"],
): Wait {
  if (!by) {
    return {
      state,
      lines: [],
      failure: `Another transaction took the place of ${show(state.hash)} (nonce ${sent.nonce} of ${sent.from}), so this one will not be mined. Look up what the other did before you send it again.`,
    };
  }
  if (!isSameCall(by, sent)) {
    return {
      state,
      lines: [],
      failure: `${show(state.hash)} was replaced by ${show(by.hash)}, which makes another call, or cancels it. It will not be mined. Send it again if you still want it.`,
    };
  }
  const followed = { ...state, hash: by.hash, nonceUsedLooks: 0, nonceUsedSince: undefined };
  if (by.hash === state.hash) return { state: followed, lines: [] };
  return { state: followed, lines: [`  replaced by the same call at another gas price: ${show(by.hash)}`] };
}

/** Returns true if a mined transaction makes this call. */
export const isSameCall = (mined: { to: string | null; input: string }, { to, data }: Pick<Call, "to" | "data">) =>
  mined.to?.toLowerCase() === to.toLowerCase() && mined.input === data;
