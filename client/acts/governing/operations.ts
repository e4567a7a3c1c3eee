import { type Address, type Hex, zeroHash } from "viem";
import { findOperation, type Operation, type TimelockCall } from "#protocol/governance/operation.ts";
import { parseScheduler, type Scheduler } from "#protocol/governance/scheduler.ts";
import { UserError } from "#protocol/userError.ts";
import type { components } from "../../api/openapi.ts";
import type { Chain } from "../../chain/chain.ts";
import type { TimelockLog } from "./readTimelockLogs.ts";
import { timelockAt } from "./timelock.ts";

/** An operation as it was scheduled. */
export interface ScheduledOperation extends Operation {
  id: Hex;
  /** In seconds. */
  delay: bigint;
  state: "scheduled" | "executed" | "cancelled";
  scheduled: { blockNumber: bigint; transactionHash: Hex };
  /** The transaction that executed or cancelled it. */
  ended?: { blockNumber: bigint; transactionHash: Hex };
}

/**
 * Lists the operations of the timelock by its events, in the order of their schedules.
 *
 * @throws {UserError} if an operation's id is not that of its calls.
 */
export function operationsIn(logs: readonly TimelockLog[]): ScheduledOperation[] {
  const schedules: Draft[] = [];
  const newest = new Map<Hex, Draft>();
  for (const { eventName, args, blockNumber, transactionHash } of logs) {
    const at = { blockNumber, transactionHash };
    if (eventName === "CallScheduled") {
      const { target, value, data, index, predecessor, delay } = args;
      // A cancelled operation can be scheduled again. Its calls are then those of the new schedule.
      if (index === 0n) {
        const draft: Draft = {
          id: args.id,
          calls: [],
          predecessor,
          salt: zeroHash,
          delay,
          state: "scheduled",
          scheduled: at,
        };
        schedules.push(draft);
        newest.set(args.id, draft);
      }
      newest.get(args.id)?.calls.push({ target, value, data });
    } else if (eventName === "CallSalt") {
      const draft = newest.get(args.id);
      if (draft) draft.salt = args.salt;
    } else if (eventName === "CallExecuted" || eventName === "Cancelled") {
      const draft = newest.get(args.id);
      if (draft) Object.assign(draft, { state: eventName === "Cancelled" ? "cancelled" : "executed", ended: at });
    }
  }
  return schedules.map(checked);
}

type Draft = Omit<ScheduledOperation, "isBatch" | "calls"> & { calls: TimelockCall[] };

/** Reads an operation of an indexer's answer. Its content must have its id, so that nothing else can be executed. */
export function fromIndexer(answer: components["schemas"]["GovernanceOperation"]): ScheduledOperation {
  const { operation, salt, predecessor, delay, state, scheduled, executed, cancelled, calls } = answer;
  const ended = executed ?? cancelled;
  return checked({
    id: operation as Hex,
    calls: calls.map(({ target, value, data }) => ({
      target: target as Address,
      value: BigInt(value),
      data: data as Hex,
    })),
    predecessor: (predecessor ?? zeroHash) as Hex,
    salt: salt as Hex,
    delay: BigInt(delay),
    state: state === "executed" || state === "cancelled" ? state : "scheduled",
    scheduled: placeOf(scheduled),
    ...(ended && { ended: placeOf(ended) }),
  });
}

const placeOf = ({ blockNumber, transactionHash }: components["schemas"]["Position"]) => ({
  blockNumber: BigInt(blockNumber),
  transactionHash: transactionHash as Hex,
});

/** @throws {UserError} if the id is not that of the calls. */
function checked({ calls, predecessor, salt, ...rest }: Draft): ScheduledOperation {
  const operation = findOperation(rest.id, { calls, predecessor, salt });
  if (operation) return { ...rest, ...operation };
  throw new UserError(
    `The source gives calls for the operation ${rest.id} that do not have this id. Do not rely on it: use another node or indexer.`,
  );
}

/** The state of an operation in the timelock, now. */
export type OperationState =
  | { is: "unknown" }
  | { is: "executed" }
  /** `left`: seconds until it can be executed. */
  | { is: "waiting"; readyAt: bigint; left: bigint }
  | { is: "ready"; readyAt: bigint };

/** Reads the state of an operation from the timelock. A cancelled operation is unknown to it. */
export async function readState(chain: Chain, timelock: Address, id: Hex): Promise<OperationState> {
  const [readyAt, now] = await Promise.all([timelockAt(chain, timelock).read.getTimestamp([id]), timeOf(chain)]);
  if (readyAt === 0n) return { is: "unknown" };
  if (readyAt === 1n) return { is: "executed" };
  return now >= readyAt ? { is: "ready", readyAt } : { is: "waiting", readyAt, left: readyAt - now };
}

/** Returns the time of the next block, as far as is known: a quiet chain's newest block may be old. */
export async function timeOf({ client }: Chain): Promise<bigint> {
  const { timestamp } = await client.getBlock();
  const clock = BigInt(Math.floor(Date.now() / 1_000));
  return timestamp > clock ? timestamp : clock;
}

/** Reads who scheduled an operation; undefined if the node has the transaction no more. */
export async function readScheduler(
  { client }: Chain,
  timelock: Address,
  { scheduled }: ScheduledOperation,
): Promise<Scheduler | undefined> {
  const params = [scheduled.transactionHash] as const;
  const reply: unknown = await client.request({ method: "eth_getTransactionByHash", params: [...params] as [Hex] });
  return parseScheduler(reply, timelock);
}

/** Says in words who scheduled an operation. */
export const schedulerText = (scheduler: Scheduler | undefined): string =>
  !scheduler
    ? "an account that the node does not tell"
    : scheduler.scheduledBy
      ? scheduler.scheduledBy
      : `the contract ${scheduler.to ?? "that the transaction created"}, by a transaction of ${scheduler.sentBy}`;
