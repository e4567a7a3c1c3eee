import { type Address, getAddress, isAddress } from "viem";

/** The account that scheduled an operation, as far as the transaction says. The timelock's events do not name it. */
export interface Scheduler {
  /** The account that sent the transaction. */
  sentBy: Address;
  /** The contract that it called; undefined if it created one. */
  to: Address | undefined;
  /** The sender, if it called the timelock itself; undefined if another contract, such as a Safe, called the timelock. */
  scheduledBy: Address | undefined;
}

/** Parses a node's answer to `eth_getTransactionByHash`; undefined if the node does not have the transaction. */
export function parseScheduler(transaction: unknown, timelock: Address): Scheduler | undefined {
  const { from, to } = (transaction ?? {}) as { from?: unknown; to?: unknown };
  if (typeof from !== "string" || !isAddress(from, { strict: false })) return undefined;
  const sentBy = getAddress(from);
  const called = typeof to === "string" && isAddress(to, { strict: false }) ? getAddress(to) : undefined;
  return {
    sentBy,
    to: called,
    scheduledBy: called?.toLowerCase() === timelock.toLowerCase() ? sentBy : undefined,
  };
}
