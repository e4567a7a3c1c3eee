import type { ReleaseDraft } from "#client/acts/building/draft.ts";
import type { PublishingPlan } from "#client/acts/building/register.ts";
import { parseContributions } from "#client/parsing/contributions.ts";
import { parseDigest } from "#client/parsing/parseDigest.ts";
import { splitList } from "#client/parsing/splitList.ts";
import { feeShareText } from "#client/preview/preview.ts";
import type { SignedGrant } from "#client/signing/grantFile.ts";
import { parsePpm } from "#protocol/money.ts";
import type { DraftOptions } from "./commandLine.ts";
import { nameIds } from "./names/nameSource.ts";
import { readGrantFile } from "./readGrantFile.ts";
import type { Session } from "./session.ts";

/** Reads a new release from its options, and the files of the signed grants for its contributions. */
export async function readDraft(
  session: Session,
  options: DraftOptions,
): Promise<{ release: ReleaseDraft; grants: SignedGrant[] }> {
  const { byGrant, label, uri } = options;
  return {
    release: {
      contributions: parseContributions(options.builtFrom),
      floor: parsePpm(options.floor, "--floor"),
      byGrant,
      label,
      digest: parseDigest(options.digest, "--digest"),
      uri,
    },
    grants: await Promise.all(splitList(options.grants).map((file) => readGrantFile(session, file))),
  };
}

const SHOWN_ANCESTORS = 20;

/** Prints the part of a fee that each ancestor of a new release will get. */
export async function printAncestors(
  session: Session,
  { preview: { ancestors, truncated } }: PublishingPlan,
): Promise<void> {
  const shown = ancestors.slice(0, SHOWN_ANCESTORS);
  await nameIds(session, { releases: shown.map(({ release }) => release) });
  if (ancestors.length > 0) session.print("Of each fee paid into the new release, its ancestors would get:");
  for (const { release, asset, reaches, keeps } of shown) {
    session.print(
      `  ${session.chain.names.releaseOfAsset(release, asset)} gets ${feeShareText(reaches)} of a fee and keeps ${feeShareText(keeps)}`,
    );
  }
  const more = ancestors.length - SHOWN_ANCESTORS;
  if (more > 0) session.print(`  and ${truncated ? "at least " : ""}${more} more ancestors get a part`);
}
