import { type Address, encodeFunctionData } from "viem";
import { registryAbi } from "#protocol/abis.ts";
import type { Chain } from "../../chain/chain.ts";
import type { SignedGrant } from "../../signing/grantFile.ts";
import { usableGrants } from "../../signing/grantSignature.ts";
import { requireOwner } from "../owning/requireOwner.ts";
import { describeDraft, type ReleaseDraft } from "./draft.ts";
import { previewDraft, previewNotes } from "./previewDraft.ts";
import type { PublishingPlan } from "./register.ts";

export interface PublishParameters {
  asset: number;
  release: ReleaseDraft;
  /** Signed grants for its contributions. Default: none. */
  grants?: readonly SignedGrant[];
}

/**
 * Plans to publish a new release of an asset.
 *
 * @throws {UserError} if the contracts would refuse it.
 */
export async function publish(
  chain: Chain,
  account: Address,
  { asset, release, grants: given = [] }: PublishParameters,
): Promise<PublishingPlan> {
  await requireOwner(chain, account, asset);
  const { keep } = await chain.ledger.read.releaseInfo([asset]);
  const grants = await usableGrants(chain, given);
  const preview = await previewDraft(chain, account, { release, grants, keep, asset });
  const title = `Publish a release of ${chain.names.asset(asset)}`;
  return {
    title,
    steps: [
      {
        does: `${title}: ${describeDraft(chain.names, release)}.`,
        to: chain.deployment.registry,
        data:
          grants.length === 0
            ? encodeFunctionData({ abi: registryAbi, functionName: "publish", args: [asset, release] })
            : encodeFunctionData({
                abi: registryAbi,
                functionName: "publishWithGrants",
                args: [asset, release, grants],
              }),
      },
    ],
    ...previewNotes(preview, release.floor),
    preview,
  };
}
