import { type Address, encodeFunctionData, type Hex, zeroHash } from "viem";
import { timelockAbi } from "#protocol/abis.ts";
import { periodText, timeText } from "#protocol/duration.ts";
import { batchArguments, operationId } from "#protocol/governance/operation.ts";
import { exactText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import type { Plan } from "../../plan/plan.ts";
import { readState, type ScheduledOperation } from "./operations.ts";
import { findTimelock, requireRole } from "./timelock.ts";
import { sayCalls } from "./words.ts";

/**
 * Checks that an operation can be executed now.
 *
 * @throws {UserError} if it cannot, with the time that is left.
 */
export async function requireReady(chain: Chain, timelock: Address, id: Hex): Promise<void> {
  const state = await readState(chain, timelock, id);
  if (state.is === "unknown") {
    throw new UserError(
      `The operation ${id} is not scheduled: it never was, or it was cancelled. A proposer can schedule it.`,
    );
  }
  if (state.is === "executed") throw new UserError(`The operation ${id} was executed already. There is nothing to do.`);
  if (state.is === "waiting") {
    throw new UserError(
      `The operation ${id} can be executed in ${periodText(state.left)}, at ${timeText(state.readyAt)}. Try again then.`,
    );
  }
}

/**
 * Plans to execute an operation of the timelock that is ready. Anyone may do this.
 *
 * @throws {UserError} if it is not ready, another one must be executed first, or the timelock has too little native money.
 */
export async function execute(
  chain: Chain,
  account: Address,
  { operation }: { operation: ScheduledOperation },
): Promise<Plan> {
  const { calls, predecessor, salt, isBatch } = operation;
  const id = operationId(operation);
  const timelock = await findTimelock(chain);
  await requireReady(chain, timelock, id);
  if (predecessor !== zeroHash) await requirePredecessor(chain, timelock, predecessor);
  await requireRole(chain, account, { timelock, role: "executor", does: "execute it" });
  const sent = calls.reduce((sum, { value }) => sum + value, 0n);
  const balance = sent === 0n ? 0n : await chain.client.getBalance({ address: timelock });
  if (balance < sent) {
    throw new UserError(
      `The calls send ${exactText(sent, chain.native)}, but the timelock ${timelock} has only ${exactText(balance, chain.native)}. Send it the rest first, which anyone can do.`,
    );
  }
  const says = await sayCalls(chain, timelock, calls);
  const [call] = calls;
  return {
    title: calls.length === 1 ? `Execute: ${(says[0] ?? "").replace(/:$/, "")}` : `Execute ${calls.length} calls`,
    steps: [
      {
        does: `Execute the operation ${id} of the timelock:\n${says.map((line) => `    ${line}`).join("\n")}`,
        to: timelock,
        data:
          !isBatch && call
            ? encodeFunctionData({
                abi: timelockAbi,
                functionName: "execute",
                args: [call.target, call.value, call.data, predecessor, salt],
              })
            : encodeFunctionData({
                abi: timelockAbi,
                functionName: "executeBatch",
                args: batchArguments({ calls, predecessor, salt }),
              }),
      },
    ],
  };
}

async function requirePredecessor(chain: Chain, timelock: Address, predecessor: Hex): Promise<void> {
  const state = await readState(chain, timelock, predecessor);
  if (state.is === "executed") return;
  const is = {
    unknown: "which is not scheduled. A proposer must schedule it",
    waiting: `which can be executed in ${state.is === "waiting" ? periodText(state.left) : ""}`,
    ready: "which anyone can execute now",
  }[state.is];
  throw new UserError(`Before this operation, ${predecessor} must be executed, ${is}.`);
}
