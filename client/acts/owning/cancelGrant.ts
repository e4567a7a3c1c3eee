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
  /** Digest of the grant, by which the registry knows it. */
  digest: Hex;
}

/**
 * Plans to cancel a signed grant, so that it can no longer be used.
 *
 * @throws {UserError} if the account does not own the release, or the grant is spent or for another release.
 */
export async function cancelGrant(
  chain: Chain,
  account: Address,
  { release, signed: { grant } }: CancelGrantParameters,
): Promise<CancelGrantPlan> {
  await requireOwnerOfRelease(chain, account, release);
  if (grant.release !== release) {
    throw new UserError(`The signed grant is for release ${grant.release}, not for ${release}.`);
  }
  const digest = await chain.registry.read.grantDigest([grant]);
  if (await chain.registry.read.grantSpent([digest])) {
    throw new UserError("The signed grant was used or cancelled already. There is nothing to take back.");
  }
  const title = `Cancel the signed grant for release ${release}`;
  return {
    title,
    steps: [
      {
        does: `${title}, number ${grant.nonce}, so that it can no longer be used.`,
        to: chain.deployment.registry,
        data: encodeFunctionData({ abi: registryAbi, functionName: "cancelGrant", args: [grant] }),
      },
    ],
    digest,
  };
}
