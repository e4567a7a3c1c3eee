import { type Address, encodeFunctionData, type Hex } from "viem";
import { timelockAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import type { Plan } from "../../plan/plan.ts";
import { readState } from "./operations.ts";
import { findTimelock, requireRole } from "./timelock.ts";

/**
 * Plans to cancel an operation of the timelock that is not executed.
 *
 * @throws {UserError} if the account is no canceller, or the operation is not scheduled or was executed.
 */
export async function cancel(chain: Chain, account: Address, { id }: { id: Hex }): Promise<Plan> {
  const timelock = await findTimelock(chain);
  const { is } = await readState(chain, timelock, id);
  if (is === "unknown") {
    throw new UserError(
      `The operation ${id} is not scheduled: it never was, or it was cancelled. There is nothing to do.`,
    );
  }
  if (is === "executed")
    throw new UserError(`The operation ${id} was executed already. It can no longer be cancelled.`);
  await requireRole(chain, account, { timelock, role: "canceller", does: "cancel it" });
  return {
    title: `Cancel the operation ${id}`,
    steps: [
      {
        does: `Cancel the operation ${id} of the timelock. A proposer can schedule it again, with a new delay.`,
        to: timelock,
        data: encodeFunctionData({ abi: timelockAbi, functionName: "cancel", args: [id] }),
      },
    ],
  };
}
