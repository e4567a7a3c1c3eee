import { type Address, isAddressEqual, zeroAddress, zeroHash } from "viem";
import {
  type OperationState,
  readScheduler,
  readState,
  type ScheduledOperation,
  schedulerText,
} from "#client/acts/governing/operations.ts";
import { accountText, findTimelock, timelockAt } from "#client/acts/governing/timelock.ts";
import { sayCalls } from "#client/acts/governing/words.ts";
import { periodText, timeText } from "#protocol/duration.ts";
import { ROLE_NAMES, TIMELOCK_ROLES, type TimelockRole } from "#protocol/governance/roles.ts";
import type { Command } from "../../command.ts";
import type { OptionsOf } from "../../commandLine.ts";
import type { Session } from "../../session.ts";
import { readSchedule, type Schedule } from "./readSchedule.ts";

/** Shows the timelock's roles and what is scheduled in it. */
export const proposals: Command<OptionsOf<"proposals">> = async (session, { all, api }) => {
  const { chain } = session;
  const timelock = await findTimelock(chain);
  const [minDelay, admin, beneficiary, schedule] = await Promise.all([
    timelockAt(chain, timelock).read.getMinDelay(),
    chain.ledger.read.admin(),
    chain.ledger.read.commonsBeneficiary(),
    readSchedule(session, { timelock, api }),
  ]);
  session.print(
    `Timelock ${timelock}: ${isAddressEqual(admin, timelock) ? "the admin, which may admit currencies" : `not the admin, which is ${admin}`}${isAddressEqual(beneficiary, timelock) ? "; also the beneficiary of the commons" : ""}`,
  );
  session.print(`A call must wait for ${periodText(minDelay)} at least. What is ready stays so for ever.`);
  await printRoles(session, schedule.roles);
  const shown = [];
  for (const operation of schedule.operations) {
    if (!all && operation.state !== "scheduled") continue;
    shown.push(await printOperation(session, timelock, operation));
  }
  if (shown.length === 0) session.print(all ? "Nothing was ever scheduled." : "Nothing is scheduled.");
  session.print(`${schedule.source}; states and senders from the chain, at ${new Date().toISOString()}.`);
  return { timelock, admin, beneficiary, minDelay, roles: schedule.roles, operations: shown, source: schedule.source };
};

async function printRoles(session: Session, roles: Schedule["roles"]): Promise<void> {
  for (const role of Object.keys(TIMELOCK_ROLES) as TimelockRole[]) {
    const named = await Promise.all(
      roles[role].map((each) => (each === zeroAddress ? "anyone" : accountText(session.chain, each as Address))),
    );
    session.print(`  ${ROLE_NAMES[role]}: ${named.join(", ") || "nobody"}`);
  }
}

async function printOperation(session: Session, timelock: Address, operation: ScheduledOperation) {
  const { chain } = session;
  const { id, calls, predecessor, salt, delay, scheduled, ended } = operation;
  const [state, scheduler, says] = await Promise.all([
    operation.state === "scheduled" ? readState(chain, timelock, id) : undefined,
    readScheduler(chain, timelock, operation).catch(() => undefined),
    sayCalls(chain, timelock, calls),
  ]);
  const predecessorState = predecessor === zeroHash ? undefined : await readState(chain, timelock, predecessor);
  const blocked = predecessorState !== undefined && predecessorState.is !== "executed";
  session.print("");
  session.print(`Operation ${id}: ${stateText(operation, state)}`);
  for (const line of says) session.print(`    ${line}`);
  session.print(
    `  scheduled in block ${scheduled.blockNumber} by ${schedulerText(scheduler)} (observed), with a delay of ${periodText(delay)}`,
  );
  if (predecessor !== zeroHash) {
    session.print(`  after ${predecessor}, which is ${blocked ? "not executed yet" : "executed"}`);
  }
  return {
    id,
    calls,
    predecessor: predecessor === zeroHash ? null : predecessor,
    blocked,
    salt,
    delay,
    says,
    state: state?.is ?? operation.state,
    readyAt: state && "readyAt" in state ? state.readyAt : null,
    scheduled,
    ended: ended ?? null,
    observed: scheduler ? { at: new Date().toISOString(), ...scheduler } : null,
  };
}

function stateText({ state: recorded, ended }: ScheduledOperation, state: OperationState | undefined): string {
  switch (state?.is) {
    case "waiting":
      return `can be executed in ${periodText(state.left)}, at ${timeText(state.readyAt)}`;
    case "ready":
      return `can be executed by anyone, since ${timeText(state.readyAt)}`;
    case "executed":
      return "executed";
    case "unknown":
      return "cancelled";
    default:
      return `${recorded}${ended ? ` in block ${ended.blockNumber}` : ""}`;
  }
}
