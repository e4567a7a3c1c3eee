import { cancel as planCancel } from "#client/acts/governing/cancel.ts";
import { execute as planExecution, requireReady } from "#client/acts/governing/execute.ts";
import { findTimelock } from "#client/acts/governing/timelock.ts";
import type { Command } from "../../command.ts";
import type { OptionsOf } from "../../commandLine.ts";
import { transact } from "../../transact.ts";
import { parseBytes32, readOperation } from "./readSchedule.ts";

/** Cancels an operation of the timelock. */
export const cancel: Command<OptionsOf<"cancel">> = async (session, options) => {
  const id = parseBytes32(options.operation, "The operation");
  await transact(session, await planCancel(session.chain, await session.account(), { id }));
  session.print(`Cancelled ${id}.`);
  return { operation: id, state: "cancelled" };
};

/** Executes an operation of the timelock. */
export const execute: Command<OptionsOf<"execute">> = async (session, { api, ...options }) => {
  const id = parseBytes32(options.operation, "The operation");
  const account = await session.account();
  const timelock = await findTimelock(session.chain);
  await requireReady(session.chain, timelock, id);
  const operation = await readOperation(session, id, { timelock, api });
  await transact(session, await planExecution(session.chain, account, { operation }));
  session.print(`Executed ${id}.`);
  return { operation: id, state: "executed" };
};
