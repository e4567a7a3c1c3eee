import { type Address, encodeFunctionData } from "viem";
import { registryAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import { sentenceStart } from "../../names/nameTexts.ts";
import type { Plan } from "../../plan/plan.ts";
import { requireOwnerOfRelease } from "./requireOwner.ts";

export interface SetRetiredParameters {
  release: number;
  /** True to retire it, false to restore it. */
  retired: boolean;
}

/**
 * Plans to retire a release, or to restore it.
 *
 * @throws {UserError} if the account does not own it, or if it is in that state already.
 */
export async function setRetired(
  chain: Chain,
  account: Address,
  { release, retired }: SetRetiredParameters,
): Promise<Plan> {
  await requireOwnerOfRelease(chain, account, release);
  const info = await chain.ledger.read.releaseInfo([release]);
  if (info.retired === retired) {
    throw new UserError(
      `${sentenceStart(chain.names.release(release))} is ${retired ? "already retired" : "not retired"}. There is nothing to do.`,
    );
  }
  const title = `${retired ? "Retire" : "Restore"} ${chain.names.release(release)}`;
  return {
    title,
    steps: [
      {
        does: retired
          ? `${title}: no new release may be built on it until it is restored. It can still receive and settle money.`
          : `${title}: new releases may be built on it again.`,
        to: chain.deployment.registry,
        data: encodeFunctionData({ abi: registryAbi, functionName: "setRetired", args: [release, retired] }),
      },
    ],
  };
}
