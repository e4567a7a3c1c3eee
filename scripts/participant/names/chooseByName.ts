import { matchName } from "#client/names/matchName.ts";
import { nearNames } from "#client/names/nearNames.ts";
import { namesText, shownName } from "#client/names/nameTexts.ts";
import { newestReleaseOf } from "#client/names/newestReleaseOf.ts";
import { exactText, percentText } from "#protocol/money.ts";
import { plainText } from "#protocol/texts/plainText.ts";
import { UserError } from "#protocol/userError.ts";
import type { Session } from "../session.ts";
import { type Match, matchText, readMatches } from "./matchText.ts";
import { nameIds } from "./nameSource.ts";
import { type CatalogAsset, readCatalog } from "./readCatalog.ts";
import { readLabel } from "./readLabel.ts";

/** A thing that somebody named, as the chain has it. */
export interface Choice {
  asset: number;
  /** Its newest release. */
  release: number;
}

const MOST_CANDIDATES = 10;
/** Names decide here, so they may take longer than where they only stand beside ids. */
const MOST_MILLISECONDS = 60_000;
const NOTHING = "Nothing was signed or sent.";

/** Finds things by their names. Reads the list of all assets once. */
export class ByName {
  readonly #session: Session;
  #catalog: Promise<CatalogAsset[]> | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Finds the only asset with a name that is not like an id, reads it from the chain again and prints it.
   *
   * @throws {UserError} if no asset has the name, or a reader could take it for that of several; the message lists them.
   */
  async choose(text: string): Promise<Choice> {
    const session = this.#session;
    this.#catalog ??= readCatalog(session);
    const candidates = (await this.#catalog).map((asset) => ({ name: asset.name, value: asset, kind: asset.kind }));
    const { same, alike } = matchName(text, candidates);
    const [only] = same;
    const count = same.length + alike.length;
    if (count === 0) {
      const near = nearNames([text], candidates).get(text)?.nearest ?? [];
      throw notFound(text, await readMatches(session, near));
    }
    if (!only || count > 1) {
      const shown = [...same, ...alike].slice(0, MOST_CANDIDATES);
      throw await ambiguous(session, text, await readMatches(session, shown), count);
    }
    return reread(session, text, only.value);
  }
}

function notFound(text: string, near: readonly Match[]): UserError {
  const like = near.length === 0 ? " Nor has any a name like it." : ` Names that are like it:\n${listText(near)}\n`;
  return new UserError(
    `No asset is called ${shownName(text)}.${like} Check the spelling, or give an id, which npx hardhat find or the explorer shows. ${NOTHING}`,
  );
}

async function ambiguous(session: Session, text: string, matches: readonly Match[], count: number): Promise<UserError> {
  const lines = await Promise.all(
    matches.map(async (match) => `  ${matchText(match)}; fees received: ${await feesText(session, match.release)}`),
  );
  const more = count > matches.length ? [`  and ${count - matches.length} more`] : [];
  const reason =
    count === 1
      ? `No asset is called exactly ${shownName(text)}, and a name that only looks like it may be a stranger's`
      : `${shownName(text)} may be any of ${count} assets: anyone can register any name`;
  return new UserError(
    `${reason}.\n${[...lines, ...more].join("\n")}\nCheck which one you mean by its owner, from a source that you trust, and give its id: of the release, or of the asset where an asset is asked for. ${NOTHING}`,
  );
}

const listText = (matches: readonly Match[]) => matches.map((match) => `  ${matchText(match)}`).join("\n");

/** Returns the fees that a release received. Anyone can pay a release of their own. */
async function feesText({ chain }: Session, release: number): Promise<string> {
  const fees = await Promise.all(
    (await chain.currencies()).map(async (currency) => {
      const [received] = await chain.ledger.read.flowOf([release, currency.address]);
      return received > 0n ? [exactText(received, currency)] : [];
    }),
  );
  return fees.flat().join(", ") || "none";
}

/** Reads what a name was resolved to from the chain: its name, its owner, its newest release and the terms of that. */
async function reread(session: Session, text: string, found: CatalogAsset): Promise<Choice> {
  const { chain, deployment } = session;
  const { asset } = found;
  const release = await newestReleaseOf(chain, asset);
  await nameIds(session, { assets: [asset], milliseconds: MOST_MILLISECONDS });
  const names = chain.names.of(asset);
  if (names?.name === undefined) {
    throw new UserError(
      `The name of asset ${asset} could not be read from the chain, so it cannot stand for an id. Use another node, or give the id. ${NOTHING}`,
    );
  }
  if (names.name !== found.name) {
    throw new UserError(
      `Asset ${asset} is now called ${shownName(names.name)}, not ${shownName(found.name)}. Look again with npx hardhat find, or give an id. ${NOTHING}`,
    );
  }
  const [owner, info, label] = await Promise.all([
    chain.registry.read.ownerOf([BigInt(asset)]),
    chain.ledger.read.releaseInfo([release]),
    readLabel(chain, release, deployment.startBlock),
  ]);
  const { formerName, block, kind } = found;
  session.print(
    `"${plainText(text)}" is asset ${asset}: the ${kind} ${namesText(names)}, owned by ${owner}${block === undefined ? "" : `, registered in block ${block}`}.`,
  );
  if (formerName !== undefined) {
    session.print(`Warning: it was registered as ${shownName(formerName)}, and renamed later. Check its owner.`);
  }
  const terms = info.retired ? "RETIRED: no new release may be built on it" : info.byGrant ? "by grant" : "open";
  session.print(
    `Its newest release is ${release}${label ? `, label ${shownName(label)}` : ""}: ${terms}; floor ${percentText(info.floor)}.`,
  );
  chain.names.addRelease(release, asset);
  return { asset, release };
}
