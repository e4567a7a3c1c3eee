import type { NameDifference } from "#client/names/comparableName.ts";
import type { NearName } from "#client/names/nearNames.ts";
import { namesText, shownName } from "#client/names/nameTexts.ts";
import type { Session } from "../session.ts";
import type { CatalogAsset } from "./readCatalog.ts";

/** An asset whose name matches, with the state of its newest release. */
export interface Match extends CatalogAsset {
  difference: NameDifference;
  retired: boolean;
}

/** Reads whether the newest releases are retired. */
export const readMatches = ({ chain }: Session, found: readonly NearName<CatalogAsset>[]): Promise<Match[]> =>
  Promise.all(
    found.map(async ({ value, difference }) => {
      const { retired } = await chain.ledger.read.releaseInfo([value.release]);
      return { ...value, difference, retired };
    }),
  );

/** Describes an asset that a name matches, on one line. */
export function matchText({ difference, retired, ...found }: Match): string {
  const { kind, asset, release, owner, block, formerName } = found;
  const remarks = [
    ...(retired ? ["retired"] : []),
    ...(difference === "none" ? [] : [DIFFERENCES[difference]]),
    ...(block === undefined ? [] : [`registered in block ${block}`]),
    ...(formerName === undefined ? [] : [`registered as ${shownName(formerName)}`]),
  ];
  return `${kind} ${namesText(found) ?? ""}: asset ${asset}, newest release ${release}, owner ${owner}${remarks.length > 0 ? ` (${remarks.join("; ")})` : ""}`;
}

const DIFFERENCES: Record<NameDifference, string> = {
  none: "the same name",
  "Unicode form": "the same name in another Unicode form",
  "invisible characters or character width": "with invisible characters or another character width",
  "upper and lower case": "in another case",
  "spaces or punctuation": "with other spaces or punctuation",
  "letters that look alike": "with letters that look alike",
  organization: "with another organization in its name",
  spelling: "spelt otherwise",
  version: "maybe another version",
};
