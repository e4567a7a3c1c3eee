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
    contract: z.string().describe("The name of the contract in the deployment: ledger, registry or timelock."),
    signature: z.string().describe("The function with the types of its parameters, such as `admit(address)`."),
    arguments: z.array(
      z
        .object({ name: z.string(), type: z.string(), value: z.string().describe("Lists and structures as JSON.") })
        .meta({ id: "CallArgument" }),
    ),
  })
  .meta({ id: "DecodedCall", description: "A call of a contract of the deployment, as its ABI says." });

const GovernanceCall = z
  .object({
    id: z.string().describe("Of the event that scheduled it: `<block number>-<log index>`."),
    operation: z.string().describe("The operation's id in the timelock; calls that share one are executed together."),
    index: z.string().describe("The call's place in the operation."),
    target: z.string(),
    value: z.string().describe("Wei that go along, as a decimal string."),
    data: z.string(),
    decoded: DecodedCall.nullable().describe("Null where the target is no contract of the deployment."),
    predecessor: z.string().nullable().describe("The operation that must be executed before; null if none."),
    delay: z.string().describe("Seconds from the scheduling on, as a decimal string."),
    readyAt: z.string().describe("From when on it can be executed, in seconds since 1970, as a decimal string."),
    state: z
      .enum(STATES)
      .describe("As of the answer's block: `ready` says that the delay is over, not that the predecessor is executed."),
    scheduled: Position,
    executed: Position.nullable(),
    cancelled: Position.nullable(),
  })
  .meta({ id: "GovernanceCall", description: "A call that was scheduled in the timelock." });

const accounts = (what: string) => z.array(accountId()).describe(what);

export const governance = single({
  name: "governance",
  subject: "Governance",
  path: "/governance",
  summary: "The timelock that administers the ledger: who may do what in it, and what was scheduled",
  description:
    "The ledger's admin can admit currencies, and nothing else. Where the admin is a timelock that the deployment's file names, this is what it was told to do and when it may.",
  params: {},
  answer: z
    .object({
      timelock: z.string(),
      minDelay: z.string().nullable().describe("The least delay of a call in seconds; null before it was set."),
      proposers: accounts("Who may schedule calls."),
      cancellers: accounts("Who may cancel what was scheduled."),
      executors: accounts("Who may execute what is ready."),
      anyoneExecutes: z.boolean().describe("Whether everybody may execute what is ready."),
      roleAdmins: accounts(
        "Who may give and take these roles: the timelock itself, by a scheduled call, if all is well.",
      ),
      calls: z.array(GovernanceCall).describe("The newest 50; all by page at `/governance/calls`."),
      waiting: count("How many calls are waiting."),
      ready: count("How many calls can be executed."),
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
  summary: "The calls that were scheduled in the timelock",
  params: {},
  filters: { state: z.enum(STATES).optional() },
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
  throw new Problem("book-absent", "The deployment's file names no timelock: its admin is another account.");
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

/** Digests by which OpenZeppelin's TimelockController names its roles. */
const ROLES = {
  admin: zeroHash,
  proposer: keccak256(toBytes("PROPOSER_ROLE")),
  canceller: keccak256(toBytes("CANCELLER_ROLE")),
  executor: keccak256(toBytes("EXECUTOR_ROLE")),
};

/** Lists who has a role, in the order in which they got it. */
function holdersOf({ roles }: PeripheryState, role: keyof typeof ROLES): Address[] {
  const prefix = `${ROLES[role]}:`;
  return [...roles.keys()]
    .filter((each) => each.startsWith(prefix))
    .map((each) => each.slice(prefix.length) as Address);
}
