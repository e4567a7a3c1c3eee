import type { ReleaseDraft } from "#client/acts/building/draft.ts";
import { sortContributions } from "#client/parsing/contributions.ts";
import { parseDigest } from "#client/parsing/parseDigest.ts";
import { parsePercent } from "#client/parsing/parsePercent.ts";
import { parseRelease } from "#client/parsing/parseRelease.ts";
import { parseGrant, type SignedGrant } from "#client/signing/grantFile.ts";
import { UserError } from "#protocol/userError.ts";
import type { OnChain } from "../../wallet/onChain.ts";

/** A row of the form: an earlier release and its weight. */
export interface BuiltFrom {
  key: number;
  release: string;
  percent: string;
}

/** The state of the form for a release. */
export interface DraftForm {
  builtFrom: readonly BuiltFrom[];
  floor: string;
  byGrant: boolean;
  label: string;
  digest: string;
  uri: string;
  grants: readonly SignedGrant[];
}

export const EMPTY_DRAFT: DraftForm = {
  builtFrom: [],
  floor: "",
  byGrant: false,
  label: "",
  digest: "",
  uri: "",
  grants: [],
};

/**
 * Parses the form.
 *
 * @throws {UserError} if a field is not valid.
 */
export function readDraft({ builtFrom, floor, byGrant, label, digest, uri }: DraftForm): ReleaseDraft {
  const rows = builtFrom.filter(({ release, percent }) => release.trim() !== "" || percent.trim() !== "");
  return {
    contributions: sortContributions(
      rows.map(({ release: text, percent }) => {
        const release = parseRelease(text);
        return { release, weight: parsePercent(percent, `The weight of release ${release}`) };
      }),
    ),
    floor: parsePercent(floor, "The floor"),
    byGrant,
    label: label.trim(),
    digest: parseDigest(digest, "The content's digest"),
    uri: uri.trim(),
  };
}

export function readGrant(text: string, name: string, { deployment }: OnChain): SignedGrant {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new UserError(`${name} is not valid JSON.`);
  }
  return parseGrant(content, name, deployment);
}
