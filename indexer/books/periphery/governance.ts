import { type Address, zeroAddress } from "viem";
import { z } from "zod";
import { TIMELOCK_ROLES, type TimelockRole } from "#protocol/governance/roles.ts";
import type { View } from "../../live/view.ts";
import { INLINE } from "../../query/present.ts";
import { list, single } from "../../query/question.ts";
import { rowsOf } from "../../query/rows.ts";
import { accountId, count } from "../../query/shapes.ts";
import { peripheryFold } from "./fold.ts";
import { GovernanceCall, idOf, requireTimelock, showCall, stateOf, STATES } from "./showCall.ts";
import type { PeripheryState, ScheduledCall } from "./state.ts";

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
    const stateCounts = countCalls(view, state);
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

/** Lists the accounts that have a role, in the order in which they got it. */
function holdersOf({ roles }: PeripheryState, role: TimelockRole): Address[] {
  const prefix = `${TIMELOCK_ROLES[role]}:`;
  return [...roles.keys()]
    .filter((each) => each.startsWith(prefix))
    .map((each) => each.slice(prefix.length) as Address);
}

function countCalls(view: View, { calls }: PeripheryState): Record<(typeof STATES)[number], number> {
  const counts = { waiting: 0, ready: 0, executed: 0, cancelled: 0 };
  for (const call of calls.values) counts[stateOf(view, call)]++;
  return counts;
}

/** Counts the calls of the timelock by state; undefined if the deployment names no timelock or its events are not all read. */
export function scheduledCalls(view: View): ReturnType<typeof countCalls> | undefined {
  const state = view.states.of(peripheryFold);
  return state.timelock && !view.incomplete.has(peripheryFold.name) ? countCalls(view, state) : undefined;
}
