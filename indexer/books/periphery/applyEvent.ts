import type { DecodeEventLogReturnType, Hex } from "viem";
import type { inletsAbi, outletsAbi, timelockAbi } from "#protocol/abis.ts";
import type { Position } from "../../journal.ts";
import type { PeripheryState, ScheduledCall } from "./state.ts";

/** An event of the contracts around the ledger, decoded. Addresses are in lower case. */
export type PeripheryEvent =
  | ({ contract: "inlets" } & DecodeEventLogReturnType<typeof inletsAbi>)
  | ({ contract: "outlets" } & DecodeEventLogReturnType<typeof outletsAbi>)
  | ({ contract: "timelock" } & DecodeEventLogReturnType<typeof timelockAbi>);

/** Applies one event to the state, in place. */
export function applyPeripheryEvent(state: PeripheryState, event: PeripheryEvent, position: Position): void {
  switch (event.eventName) {
    case "InletOpened": {
      const { inlet, release } = event.args;
      state.inletRows.set(inlet, state.inlets.length);
      return state.inlets.push({ inlet, release, opened: position });
    }
    case "OutletOpened": {
      const { account, outlet } = event.args;
      state.outletRows.set(outlet, state.outlets.length);
      state.outletOf.set(account, outlet);
      return state.outlets.push({ outlet, account, opened: position });
    }
    case "CallScheduled":
      return schedule(state, event.args, position);
    case "CallExecuted": {
      const { id, index } = event.args;
      const row = state.operations.get(id)?.find((each) => state.calls.get(each)?.index === index);
      return row === undefined ? undefined : change(state, row, { executed: position });
    }
    case "Cancelled":
      for (const row of state.operations.get(event.args.id) ?? []) change(state, row, { cancelled: position });
      return;
    case "MinDelayChange":
      return state.settings.set("minDelay", event.args.newDuration);
    case "RoleGranted":
      return state.roles.set(`${event.args.role}:${event.args.account}`, true);
    case "RoleRevoked":
      return state.roles.delete(`${event.args.role}:${event.args.account}`);
    default:
      // A salt only distinguishes operations, and the admins of the timelock's roles never change.
      return;
  }
}

type ScheduledArgs = Extract<PeripheryEvent, { eventName: "CallScheduled" }>["args"];

function schedule(state: PeripheryState, { id, ...call }: ScheduledArgs, position: Position): void {
  const row = state.calls.length;
  // A cancelled operation can be scheduled again. Its calls are then those of the new schedule.
  const rows = call.index === 0n ? [] : (state.operations.get(id) ?? []);
  state.operations.set(id, [...rows, row]);
  state.calls.push({ operation: id as Hex, ...call, scheduled: position, executed: undefined, cancelled: undefined });
}

function change(
  state: PeripheryState,
  row: number,
  given: Pick<ScheduledCall, "executed" | "cancelled"> | object,
): void {
  const call = state.calls.get(row);
  if (call) state.calls.set(row, { ...call, ...given });
}
