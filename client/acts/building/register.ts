import { type Address, encodeFunctionData } from "viem";
import { registryAbi } from "#protocol/abis.ts";
import { type Kind, KINDS, ROLES } from "#protocol/kinds.ts";
import { MAX_METADATA_BYTES } from "#protocol/limits.ts";
import { printable } from "#protocol/texts/printable.ts";
import type { Chain } from "../../chain/chain.ts";
import { refusalFor } from "../../errors/refusal.ts";
import { type Allocation, sharesText } from "../../parsing/allocations.ts";
import type { Plan } from "../../plan/plan.ts";
import { checkRecipients } from "../../recipients/checkRecipients.ts";
import type { ReleasePreview } from "../../preview/preview.ts";
import type { SignedGrant } from "../../signing/grantFile.ts";
import { usableGrants } from "../../signing/grantSignature.ts";
import { describeDraft, type ReleaseDraft } from "./draft.ts";
import { previewDraft, previewNotes } from "./previewDraft.ts";

export interface RegisterParameters {
  /** The account that administers the asset. */
  owner: Address;
  kind: Kind;
  /** Name of the asset for people. The metadata contain it, too. */
  name: string;
  metadata: string;
  /** The least part that each release of it will ever keep for its shareholders, in ppm. */
  keep: number;
  /** Allocations of all its shares. */
  allocations: readonly Allocation[];
  /** Its first release. */
  release: ReleaseDraft;
  /** Signed grants for its contributions. Default: none. */
  grants?: readonly SignedGrant[];
}

/** A plan that publishes a release, with a preview of the result. */
export interface PublishingPlan extends Plan {
  preview: ReleasePreview;
}

/**
 * Plans to register an asset with its first release.
 *
 * @throws {UserError} if the contracts would refuse it.
 */
export async function register(
  chain: Chain,
  account: Address,
  { owner, kind, name, metadata, keep, allocations, release, grants: given = [] }: RegisterParameters,
): Promise<PublishingPlan> {
  const length = new TextEncoder().encode(metadata).length;
  if (length > MAX_METADATA_BYTES) throw refusalFor("TextTooLong", { length, limit: MAX_METADATA_BYTES });
  const grants = await usableGrants(chain, given);
  const preview = await previewDraft(chain, account, { release, grants, keep, asset: undefined });
  const { notes, warnings } = previewNotes(preview, release.floor);
  const recipientWarnings = await checkRecipients(chain, account, [
    { address: owner, purpose: "asset" },
    ...allocations.map((each) => ({ address: each.account, purpose: "shares", assetOwner: owner }) as const),
  ]);
  const asset = { kind: KINDS.indexOf(kind), keep, metadata, allocations };
  const title = `Register the ${kind} "${printable(name)}"`;
  return {
    title,
    steps: [
      {
        does: `${title} for ${owner}, with a first release: ${describeDraft(chain.names, release)}.`,
        to: chain.deployment.registry,
        data:
          grants.length === 0
            ? encodeFunctionData({ abi: registryAbi, functionName: "register", args: [owner, asset, release] })
            : encodeFunctionData({
                abi: registryAbi,
                functionName: "registerWithGrants",
                args: [owner, asset, release, grants],
              }),
      },
    ],
    notes: [
      ...notes,
      ...allocations.map(
        ({ account: to, role, shares }) => `${to} gets ${sharesText(shares)} of the shares (role: ${ROLES[role]}).`,
      ),
    ],
    warnings: [...warnings, ...recipientWarnings],
    preview,
  };
}
