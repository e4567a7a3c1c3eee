import { type Address, encodeFunctionData, type Hex } from "viem";
import { registryAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import type { Plan } from "../../plan/plan.ts";
import type { SignedGrant } from "../../signing/grantFile.ts";
import { requireOwnerOfRelease } from "./requireOwner.ts";

export interface CancelGrantParameters {
  release: number;
  signed: SignedGrant;
}

export interface CancelGrantPlan extends Plan {
  /** Digest that identifies the grant in the registry. */
  digest: Hex;
}

/**
 * Plans to cancel a signed grant, so that it can no longer be used.
 *
 * @throws {UserError} if the account does not own the release, or if the grant is spent or is for another release.
 */
export async function cancelGrant(
  chain: Chain,
  account: Address,
  { release, signed: { grant } }: CancelGrantParameters,
): Promise<CancelGrantPlan> {
  await requireOwnerOfRelease(chain, account, release);
  if (grant.release !== release) {
    throw new UserError(
      `The signed grant is for release ${grant.release}, not for release ${release}. Name release ${grant.release}, or another file.`,
    );
  }
  const digest = await chain.registry.read.grantDigest([grant]);
  if (await chain.registry.read.grantSpent([digest])) {
    throw new UserError("The signed grant was already used or cancelled. There is nothing to cancel.");
  }
  const title = `Cancel the signed grant for ${chain.names.release(release)}`;
  return {
    title,
    steps: [
      {
        does: `${title} (nonce ${grant.nonce}). It can no longer be used then.`,
        to: chain.deployment.registry,
        data: encodeFunctionData({ abi: registryAbi, functionName: "cancelGrant", args: [grant] }),
      },
    ],
    digest,
  };
}
