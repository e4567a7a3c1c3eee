import type { Field } from "../../store/copyRows.ts";
import type { TableColumns } from "../fold.ts";
import type { PeripheryEvent } from "./applyEvent.ts";

/** The tables of the events of the contracts around the ledger. */
export const PERIPHERY_TABLES = {
  inlets: { release: "bigint", inlet: "text" },
  outlets: { account: "text", outlet: "text" },
  timelock_calls: {
    operation: "text",
    call: "numeric",
    target: "text",
    value: "numeric",
    data: "text",
    predecessor: "text",
    delay: "numeric",
  },
  timelock_executions: { operation: "text", call: "numeric" },
  timelock_cancellations: { operation: "text" },
  timelock_delays: { delay: "numeric" },
  timelock_roles: { role: "text", account: "text", granted: "boolean" },
} as const satisfies Record<string, TableColumns>;

type AddPeripheryRow = (table: keyof typeof PERIPHERY_TABLES, ...fields: Field[]) => void;

/** Adds the rows of an event. Its addresses must be in lower case. */
export function addPeripheryRows(event: PeripheryEvent, add: AddPeripheryRow): void {
  switch (event.eventName) {
    case "InletOpened":
      return add("inlets", event.args.release, event.args.inlet);
    case "OutletOpened":
      return add("outlets", event.args.account, event.args.outlet);
    case "CallScheduled": {
      const { id, index, target, value, data, predecessor, delay } = event.args;
      return add("timelock_calls", id, index, target, value, data, predecessor, delay);
    }
    case "CallExecuted":
      return add("timelock_executions", event.args.id, event.args.index);
    case "Cancelled":
      return add("timelock_cancellations", event.args.id);
    case "MinDelayChange":
      return add("timelock_delays", event.args.newDuration);
    case "RoleGranted":
      return add("timelock_roles", event.args.role, event.args.account, true);
    case "RoleRevoked":
      return add("timelock_roles", event.args.role, event.args.account, false);
    default:
      return;
  }
}
