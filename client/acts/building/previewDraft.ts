import type { Address } from "viem";
import { percentText } from "#protocol/money.ts";
import type { Chain } from "../../chain/chain.ts";
import { Refusal, refusalFor } from "../../errors/refusal.ts";
import type { Contribution } from "../../parsing/contributions.ts";
import { mayBuildOn, previewRelease, type ReleasePreview } from "../../preview/preview.ts";
import type { SignedGrant } from "../../signing/grantFile.ts";
import type { ReleaseDraft } from "./draft.ts";

export interface PreviewDraftParameters {
  release: ReleaseDraft;
  /** Signed grants that are used for its contributions. */
  grants: readonly SignedGrant[];
  keep: number;
  /** Undefined for an asset that is not registered yet. */
  asset: number | undefined;
}

/**
 * Reads from the contracts the result that publishing a draft would have.
 *
 * @throws {Refusal} if the contracts would refuse it. The message gives a reason for each contribution that is refused.
 */
export async function previewDraft(
  chain: Chain,
  account: Address,
  { release: { contributions, floor }, grants, keep, asset }: PreviewDraftParameters,
): Promise<ReleasePreview> {
  const refusals = await Promise.all(
    contributions.map(async (contribution) => {
      const { allowed, reason, leastWeight } = await mayBuildOn(chain, { ...contribution, account, asset });
      const isGranted = grants.some(({ grant }) => grant.release === contribution.release);
      if (allowed || (reason === "GrantRequired" && isGranted)) return undefined;
      return refusalOf(chain, reason, { ...contribution, asset, caller: account, floor: leastWeight });
    }),
  );
  const [first, ...others] = refusals.filter((refused) => refused !== undefined);
  if (first) {
    const messages = new Set([first, ...others].map(({ message }) => message));
    throw new Refusal([...messages].join(" "), first.errorName, first.errorArguments);
  }
  return previewRelease(chain, { contributions, keep, floor });
}

interface RefusedContribution extends Contribution {
  asset: number | undefined;
  caller: Address;
  floor: number;
}

async function refusalOf({ ledger, registry }: Chain, reason: string, contribution: RefusedContribution) {
  if (reason !== "GrantRequired") return refusalFor(reason, { ...contribution });
  const asset = await ledger.read.assetOf([contribution.release]);
  const owner = await registry.read.ownerOf([BigInt(asset)]);
  return refusalFor(reason, { ...contribution, owner });
}

/** Describes the part that a release would keep and the floor that it would get. */
export function previewNotes({ floor, floorIsHigh, ownWeight }: ReleasePreview, declaredFloor: number) {
  const inherited =
    floor > declaredFloor
      ? ` It inherits this from its contributions; you declared ${percentText(declaredFloor)}.`
      : "";
  return {
    notes: [
      `The release keeps ${percentText(ownWeight)} of everything it receives, for its own asset.`,
      floor === 0
        ? "The floor of the release is 0 %: it asks for no part of the fees of releases built on it."
        : `The floor of the release is ${percentText(floor)}: this part of every fee paid to anything built on it must reach it.${inherited}`,
    ],
    warnings: floorIsHigh
      ? [
          `The floor of the release would be ${percentText(floor)}, more than half, so that hardly anyone could build on it. Set a lower floor. If it is inherited, raise the weight of the release that it comes from.`,
        ]
      : [],
  };
}
