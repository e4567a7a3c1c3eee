import type { Session } from "../session.ts";
import { nameIds } from "./nameSource.ts";

/** Most ids in a list for people. */
export const MAX_SHOWN = 20;

/** Returns the ids of assets with their names, such as "5 (Llama 3 · Meta), 7, …". */
export async function assetsText(session: Session, assets: readonly number[], count = assets.length): Promise<string> {
  const shown = assets.slice(0, MAX_SHOWN);
  await nameIds(session, { assets: shown });
  return listText(
    shown.map((asset) => session.chain.names.assetId(asset)),
    count,
  );
}

/** Returns a list that ends with "…" if not all of it is shown. */
export const listText = (shown: readonly (string | number)[], count: number): string =>
  `${shown.slice(0, MAX_SHOWN).join(", ")}${count > Math.min(shown.length, MAX_SHOWN) ? ", …" : ""}`;
