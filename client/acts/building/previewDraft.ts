import type { Address } from "viem";
import { percentText } from "#protocol/money.ts";
import type { Chain } from "../../chain/chain.ts";
import { Refused, refusedAs } from "../../errors/refused.ts";
import type { Contribution } from "../../parsing/contributions.ts";
import { mayBuildOn, previewRelease, type ReleasePreview } from "../../preview/preview.ts";
import type { SignedGrant } from "../../signing/grantFile.ts";
import type { ReleaseDraft } from "./draft.ts";

export interface PreviewDraftParameters {
  release: ReleaseDraft;
  /** Signed grants that go with it. */
  grants: readonly SignedGrant[];
  keep: number;
  /** Undefined for an asset that is to be registered. */
  asset: number | undefined;
}

/**
 * Reads from the contracts what publishing a draft would lead to.
 *
 * @throws {Refused} if it would be refused; with a reason for each contribution that the account may not make.
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
    throw new Refused([...messages].join(" "), first.errorName, first.errorArguments);
  }
  return previewRelease(chain, { contributions, keep, floor });
}

interface RefusedContribution extends Contribution {
  asset: number | undefined;
  caller: Address;
  floor: number;
}

async function refusalOf({ ledger, registry }: Chain, reason: string, contribution: RefusedContribution) {
  if (reason !== "GrantRequired") return refusedAs(reason, { ...contribution });
  const asset = await ledger.read.assetOf([contribution.release]);
  const owner = await registry.read.ownerOf([BigInt(asset)]);
  return refusedAs(reason, { ...contribution, owner });
}

/** Says what a release would keep and which floor it would end with. */
export function previewNotes({ floor, floorIsHigh, ownWeight }: ReleasePreview, declaredFloor: number) {
  const inherited = floor > declaredFloor ? `, inherited; ${percentText(declaredFloor)} was declared` : "";
  return {
    notes: [
      `Of every fee it keeps ${percentText(ownWeight)} for its own asset.`,
      floor === 0
        ? "It asks for nothing of what is built on it."
        : `Its floor: ${percentText(floor)} of everything built on it must reach it${inherited}.`,
    ],
    warnings: floorIsHigh
      ? [`Its floor would be ${percentText(floor)}, more than half: hardly anyone will be able to build on it.`]
      : [],
  };
}
