import { BaseError, type Address, type Hex, zeroHash } from "viem";
import { z } from "zod";
import { EndpointError } from "#node/rpc/endpointError.ts";
import { parseScheduler, type Scheduler as ReadScheduler } from "#protocol/governance/scheduler.ts";
import { UserError } from "#protocol/userError.ts";
import type { Request, View } from "../../live/view.ts";
import { showPosition } from "../../query/present.ts";
import { Problem } from "../../query/problem.ts";
import { list, single } from "../../query/question.ts";
import { rowsOf } from "../../query/rows.ts";
import { accountId, Position } from "../../query/shapes.ts";
import { GovernanceCall, idOf, readyAt, requireTimelock, showCall, stateOf, STATES } from "./showCall.ts";
import type { PeripheryState, ScheduledCall } from "./state.ts";

const GovernanceOperation = z
  .object({
    id: z.string().describe("The id of the schedule, from its first event: `<block number>-<log index>`."),
    operation: z
      .string()
      .describe(
        "The operation's id in the timelock. An operation that was cancelled and scheduled again has the same.",
      ),
    salt: z.string().describe("The salt; zero if there is none. To execute the operation, its salt must be given."),
    predecessor: z
      .string()
      .nullable()
      .describe("The id of the operation that must be executed first; null if there is none."),
    blocked: z.boolean().describe("True if the predecessor is not executed, so that this operation cannot be, either."),
    delay: z.string().describe("The delay between scheduling and execution, in seconds, as a decimal string."),
    readyAt: z
      .string()
      .describe(
        "The time from which the operation can be executed, in seconds since 1970, as a decimal string. There is no time after which it cannot.",
      ),
    state: z
      .enum(STATES)
      .describe("The state at the answer's block. `waiting`: the delay is not over. `ready`: it is over."),
    calls: z.array(GovernanceCall).describe("The calls, which are executed together, in this order."),
    scheduled: Position.describe("The event that scheduled the first call."),
    executed: Position.nullable().describe("The event that executed the first call; null if it was not executed."),
    cancelled: Position.nullable().describe("The event that cancelled it; null if it was not cancelled."),
  })
  .meta({ id: "GovernanceOperation", description: "An operation of the timelock: calls that are executed together." });

const Scheduler = z
  .object({
    at: z.string().describe("The time of the reading, as ISO 8601 says."),
    sentBy: accountId("The account that sent the transaction, by its address."),
    to: z.string().nullable().describe("The contract that the transaction called; null if it created one."),
    scheduledBy: accountId("The account that scheduled the operation, by its address.")
      .nullable()
      .describe(
        "The account that scheduled the operation: the sender, if it called the timelock itself. Null if it called another contract, such as a Safe, which then called the timelock.",
      ),
  })
  .meta({
    id: "OperationScheduler",
    description:
      "The account that scheduled an operation, read from the transaction. It is observed, and no part of the index.",
  });

export const governanceOperations = list({
  name: "governanceOperations",
  subject: "Governance",
  path: "/governance/operations",
  summary: "The operations that were scheduled in the timelock, the newest first, each with its calls",
  params: {},
  filters: { state: z.enum(STATES).optional().describe("Only operations in this state.") },
  item: GovernanceOperation,
  orders: ["scheduled"],
  descending: true,
  rows(view, { state: wanted }, { descending }) {
    const { calls } = requireTimelock(view).state;
    const rows = rowsOf(calls.values, idOf, (call) => call, { descending });
    const isWanted = (call: ScheduledCall | undefined) =>
      call?.index === 0n && (wanted === undefined || stateOf(view, call) === wanted);
    return { ...rows, at: (place) => showOperation(view, place), has: (place) => isWanted(calls.get(place)) };
  },
});

export const governanceOperation = single({
  name: "governanceOperation",
  subject: "Governance",
  path: "/governance/operations/{operation}",
  summary: "One operation of the timelock, as it was scheduled last, and who scheduled it",
  description:
    "The timelock's events do not say who scheduled an operation. So this question asks a node of the chain for the transaction, at the time of the request or earlier. What it says about that is observed, and no part of the index.",
  cost: 1_000,
  params: {
    operation: z
      .string()
      .regex(/^0x[0-9a-fA-F]{64}$/, "must be the id of an operation: 0x and 64 hexadecimal digits")
      .transform((text) => text.toLowerCase() as Hex)
      .describe("The operation's id in the timelock."),
  },
  answer: GovernanceOperation.extend({
    observed: Scheduler.nullable().describe(
      "The account that scheduled it; null if no node of the chain could be asked.",
    ),
  }).meta({ id: "GovernanceOperationObserved", description: "An operation of the timelock, and who scheduled it." }),
  run(view, { operation }) {
    const { state, timelock } = requireTimelock(view);
    const [first] = state.operations.get(operation) ?? [];
    const call = first === undefined ? undefined : state.calls.get(first);
    if (first === undefined || !call) {
      throw new Problem("unknown-operation", `No operation ${operation} was scheduled in the timelock.`);
    }
    return { timelock, shown: showOperation(view, first), transaction: call.scheduled.transactionHash };
  },
  async complete({ request }, { shown, timelock, transaction }) {
    return { ...shown, observed: request ? await observe(request, transaction, timelock) : null };
  },
});

type Observed = z.input<typeof Scheduler>;

/** Answers about transactions, which never change, the oldest first. */
const observedBefore = new Map<string, Observed>();
const MOST_OBSERVED = 1_000;

async function observe(request: Request, transaction: Hex, timelock: Address): Promise<Observed | null> {
  const key = `${timelock}:${transaction}`;
  const before = observedBefore.get(key);
  if (before) return before;
  let scheduler: ReadScheduler | undefined;
  try {
    const reply = await request({ method: "eth_getTransactionByHash", params: [transaction] });
    scheduler = parseScheduler(reply, timelock);
  } catch (error) {
    if (error instanceof EndpointError || error instanceof BaseError || error instanceof UserError) return null;
    throw error;
  }
  if (!scheduler) return null;
  const { sentBy, to, scheduledBy } = scheduler;
  const observed = {
    at: new Date().toISOString(),
    sentBy: sentBy.toLowerCase(),
    to: to?.toLowerCase() ?? null,
    scheduledBy: scheduledBy?.toLowerCase() ?? null,
  };
  observedBefore.set(key, observed);
  const [oldest] = observedBefore.keys();
  if (observedBefore.size > MOST_OBSERVED && oldest !== undefined) observedBefore.delete(oldest);
  return observed;
}

/** Shows the operation whose first call is in a row. */
function showOperation(view: View, first: number): z.input<typeof GovernanceOperation> {
  const { state } = requireTimelock(view);
  const call = state.calls.get(first);
  if (!call) throw new Error(`There is no call in row ${first}.`);
  const calls = [call];
  for (let row = first + 1; ; row++) {
    const next = state.calls.get(row);
    // The events of one schedule follow each other.
    if (!next || next.index === 0n || next.operation !== call.operation) break;
    calls.push(next);
  }
  const { operation, predecessor, delay, scheduled, executed, cancelled } = call;
  return {
    id: idOf(call),
    operation,
    salt: state.salts.get(operation) ?? zeroHash,
    predecessor: predecessor === zeroHash ? null : predecessor,
    blocked: !executed && predecessor !== zeroHash && !isExecuted(state, predecessor),
    delay: String(delay),
    readyAt: String(readyAt(call)),
    state: stateOf(view, call),
    calls: calls.map((each) => showCall(view, each)),
    scheduled: showPosition(scheduled),
    executed: executed ? showPosition(executed) : null,
    cancelled: cancelled ? showPosition(cancelled) : null,
  };
}

function isExecuted(state: PeripheryState, operation: Hex): boolean {
  const [row] = state.operations.get(operation) ?? [];
  return row !== undefined && state.calls.get(row)?.executed !== undefined;
}
