import { encodeFunctionData } from "viem";
import { registryAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import type { Command } from "../command.ts";
import { requireOwnerOfRelease } from "./publish.ts";
import { transact } from "../transact.ts";

const setRetired =
  (retired: boolean): Command<{ release: number }> =>
  async (session, { release }) => {
    await requireOwnerOfRelease(session, release);
    const info = await session.ledger.read.releaseInfo([release]);
    if (info.retired === retired) {
      throw new UserError(
        `Release ${release} is ${retired ? "retired already" : "not retired"}. There is nothing to do.`,
      );
    }
    await transact(session, [
      {
        does: retired
          ? `Retire release ${release}: nothing new may be built on it. It goes on taking and passing on money.`
          : `Restore release ${release}: new releases may be built on it again.`,
        to: session.deployment.registry,
        data: encodeFunctionData({ abi: registryAbi, functionName: "setRetired", args: [release, retired] }),
      },
    ]);
    return { release, retired };
  };

export const retire = setRetired(true);
export const restore = setRetired(false);
