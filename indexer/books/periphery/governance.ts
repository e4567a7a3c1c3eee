import { type Address, keccak256, toBytes, zeroAddress, zeroHash } from "viem";
import { z } from "zod";
import type { View } from "../../live/view.ts";
import { INLINE, showPosition } from "../../query/present.ts";
import { Problem } from "../../query/problem.ts";
import { list, single } from "../../query/question.ts";
import { rowsOf } from "../../query/rows.ts";
import { accountId, count, Position } from "../../query/shapes.ts";
import { type CallTargets, decodeCall } from "./decodeCall.ts";
import { peripheryFold } from "./fold.ts";
import type { PeripheryState, ScheduledCall } from "./state.ts";

const STATES = ["waiting", "ready", "executed", "cancelled"] as const;

const DecodedCall = z
  .object({
    contract: z.string().describe("The name of the contract in the deployment file: ledger, registry or timelock."),
    signature: z
      .string()
      .describe("The function that is called, with the types of its parameters, such as `admit(address)`."),
    arguments: z
      .array(
        z
          .object({
            name: z.string().describe("The name of the parameter."),
            type: z.string().describe("The Solidity type of the parameter, such as `uint256`."),
            value: z
              .string()
              .describe(
                "The value: a number in decimal digits, an address or bytes in hexadecimal, other types as JSON.",
              ),
          })
          .meta({ id: "CallArgument", description: "An argument of a call." }),
      )
      .describe("The arguments, in the order of the parameters."),
  })
  .meta({ id: "DecodedCall", description: "A call of a contract of the deployment, decoded with the contract's ABI." });

const GovernanceCall = z
  .object({
    id: z.string().describe("The id of the call, from the event that scheduled it: `<block number>-<log index>`."),
    operation: z.string().describe("The operation's id in the timelock. Calls of one operation are executed together."),
    index: z.string().describe("The index of the call in its operation, from 0, as a decimal string."),
    target: z.string().describe("The address that is called."),
    value: z.string().describe("The native money that is sent with the call, in wei, as a decimal string."),
    data: z.string().describe("The calldata, in hexadecimal."),
    decoded: DecodedCall.nullable().describe(
      "The decoded call; null if it is not a call of a contract of the deployment.",
    ),
    predecessor: z
      .string()
      .nullable()
      .describe("The id of the operation that must be executed first; null if there is none."),
    delay: z.string().describe("The delay between scheduling and execution, in seconds, as a decimal string."),
    readyAt: z
      .string()
      .describe("The time from which the call can be executed, in seconds since 1970, as a decimal string."),
    state: z
      .enum(STATES)
      .describe(
        "The state at the answer's block. `waiting`: the delay is not over. `ready`: the delay is over; the predecessor may still have to be executed.",
      ),
    scheduled: Position.describe("The event that scheduled the call."),
    executed: Position.nullable().describe("The event that executed the call; null if it was not executed."),
    cancelled: Position.nullable().describe("The event that cancelled the call; null if it was not cancelled."),
  })
  .meta({ id: "GovernanceCall", description: "A call that was scheduled in the timelock." });

const accounts = (what: string) => z.array(accountId()).describe(what);

export const governance = single({
  name: "governance",
  subject: "Governance",
  path: "/governance",
  summary: "The timelock that administers the ledger: its roles and its scheduled calls",
  description:
    "The ledger's admin can admit currencies and nothing else. If the deployment file names a timelock as admin, this answer shows the calls that are scheduled in it and when they can be executed.",
  params: {},
  answer: z
    .object({
      timelock: z.string().describe("The address of the timelock."),
      minDelay: z
        .string()
        .nullable()
        .describe(
          "The least time between scheduling a call and executing it, in seconds, as a decimal string; null before it was set.",
        ),
      proposers: accounts("The accounts that can schedule calls."),
      cancellers: accounts("The accounts that can cancel scheduled calls."),
      executors: accounts("The accounts that can execute ready calls."),
      anyoneExecutes: z.boolean().describe("True if any account can execute ready calls."),
      roleAdmins: accounts(
        "The accounts that can grant and revoke these roles. It should be only the timelock itself, so that each change is a scheduled call.",
      ),
      calls: z.array(GovernanceCall).describe("The newest 50 calls. `/v1/governance/calls` has all by page."),
      waiting: count("The number of calls in the state `waiting`."),
      ready: count("The number of calls in the state `ready`. Some may have to wait for their predecessor."),
    })
    .meta({ id: "Governance", description: "The timelock that administers the ledger." }),
  run(view) {
    const { state, timelock } = requireTimelock(view);
    const stateCounts = { waiting: 0, ready: 0, executed: 0, cancelled: 0 };
    for (const call of state.calls.values) stateCounts[stateOf(view, call)]++;
    const executors = holdersOf(state, "executor");
    return {
      timelock,
      minDelay: state.settings.get("minDelay")?.toString() ?? null,
      proposers: holdersOf(state, "proposer"),
      cancellers: holdersOf(state, "canceller"),
      executors: executors.filter((account) => account !== zeroAddress),
      anyoneExecutes: executors.includes(zeroAddress),
      roleAdmins: holdersOf(state, "admin"),
      calls: state.calls.values
        .slice(-INLINE)
        .toReversed()
        .map((call) => showCall(view, call)),
      waiting: stateCounts.waiting,
      ready: stateCounts.ready,
    };
  },
});

export const governanceCalls = list({
  name: "governanceCalls",
  subject: "Governance",
  path: "/governance/calls",
  summary: "The calls that were scheduled in the timelock, the newest first",
  params: {},
  filters: { state: z.enum(STATES).optional().describe("Only calls in this state.") },
  item: GovernanceCall,
  orders: ["scheduled"],
  descending: true,
  rows(view, { state: wanted }, { descending }) {
    const { state } = requireTimelock(view);
    const calls = state.calls.values;
    const rows = rowsOf(calls, idOf, (call) => showCall(view, call), { descending });
    if (wanted === undefined) return rows;
    const isWanted = (call: ScheduledCall | undefined) => call !== undefined && stateOf(view, call) === wanted;
    return { ...rows, has: (place) => isWanted(calls[place]) };
  },
});

function requireTimelock(view: View): { state: PeripheryState; timelock: Address } {
  const state = view.states.of(peripheryFold);
  if (state.timelock) return { state, timelock: state.timelock };
  throw new Problem(
    "book-absent",
    "The deployment file names no timelock. The admin of this ledger is another account.",
  );
}

const idOf = ({ scheduled }: ScheduledCall) => `${scheduled.blockNumber}-${scheduled.logIndex}`;

const readyAt = ({ scheduled, delay }: ScheduledCall): bigint => BigInt(scheduled.timestamp) + delay;

function stateOf({ block }: View, call: ScheduledCall): (typeof STATES)[number] {
  if (call.executed) return "executed";
  if (call.cancelled) return "cancelled";
  return BigInt(block.timestamp) >= readyAt(call) ? "ready" : "waiting";
}

function showCall(view: View, call: ScheduledCall): z.input<typeof GovernanceCall> {
  const { operation, index, target, value, data, predecessor, delay, scheduled, executed, cancelled } = call;
  const { timelock } = requireTimelock(view);
  const registry = view.state.creation.get("registry");
  const targets: CallTargets = { registry: registry as Address, ledger: view.state.ledger, timelock };
  return {
    id: idOf(call),
    operation,
    index: String(index),
    target,
    value: String(value),
    data,
    decoded: decodeCall(targets, target, data) ?? null,
    predecessor: predecessor === zeroHash ? null : predecessor,
    delay: String(delay),
    readyAt: String(readyAt(call)),
    state: stateOf(view, call),
    scheduled: showPosition(scheduled),
    executed: executed ? showPosition(executed) : null,
    cancelled: cancelled ? showPosition(cancelled) : null,
  };
}

/** The ids of the roles in OpenZeppelin's TimelockController. */
const ROLES = {
  admin: zeroHash,
  proposer: keccak256(toBytes("PROPOSER_ROLE")),
  canceller: keccak256(toBytes("CANCELLER_ROLE")),
  executor: keccak256(toBytes("EXECUTOR_ROLE")),
};

/** Lists the accounts that have a role, in the order in which they got it. */
function holdersOf({ roles }: PeripheryState, role: keyof typeof ROLES): Address[] {
  const prefix = `${ROLES[role]}:`;
  return [...roles.keys()]
    .filter((each) => each.startsWith(prefix))
    .map((each) => each.slice(prefix.length) as Address);
}
