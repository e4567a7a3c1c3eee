import { countText } from "#client/acts/collecting/countText.ts";
import { matchName } from "#client/names/matchName.ts";
import { type NearName, nearNames } from "#client/names/nearNames.ts";
import { shownName } from "#client/names/nameTexts.ts";
import { UserError } from "#protocol/userError.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { type Match, matchText, readMatches } from "../names/matchText.ts";
import { type CatalogAsset, readCatalog } from "../names/readCatalog.ts";
import type { Session } from "../session.ts";

const MOST_SHOWN = 50;

/** Finds assets by their names, with their newest releases. */
export const find: Command<OptionsOf<"find">> = async (session, { text }) => {
  if (text.trim() === "")
    throw new UserError('There is no name to find. Give one, such as npx hardhat find "Llama 3".');
  const catalog = await readCatalog(session);
  const candidates = catalog.map((asset) => ({ name: asset.name, value: asset, kind: asset.kind }));
  const { same, alike } = matchName(text, candidates);
  const exact = same.filter(({ difference }) => difference === "none");
  const others = [...same.slice(exact.length), ...alike].sort((a, b) => a.value.release - b.value.release);
  exact.sort((a, b) => a.value.release - b.value.release);
  const found = [...exact, ...others];
  const shown = await print(session, found);
  if (found.length > 0) return { found: shown, near: [] };
  const near = nearNames([text], candidates).get(text)?.nearest ?? [];
  session.print(
    `No asset of ${countText(catalog.length, "asset")} with a name is called ${shownName(text)}.${near.length > 0 ? " Names that are like it:" : " Nor has any a name like it. Check the spelling, or look in the explorer."}`,
  );
  return { found: [], near: await print(session, near) };
};

/** Prints a line for each asset, and returns them for programs. */
async function print(session: Session, found: readonly NearName<CatalogAsset>[]): Promise<Match[]> {
  const matches = await readMatches(session, found.slice(0, MOST_SHOWN));
  for (const match of matches) session.print(matchText(match));
  if (found.length > MOST_SHOWN) session.print(`and ${countText(found.length - MOST_SHOWN, "more asset")}`);
  return matches;
}
