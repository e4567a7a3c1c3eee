import { getAddress, isAddressEqual, isHex, zeroHash } from "viem";
import { WHOLE_PPM } from "#protocol/limits.ts";
import { UserError } from "#protocol/userError.ts";
import { listed, parseContributions, type ReleaseDraft } from "#client/acts/draft.ts";
import type { SignedGrant } from "#client/signing/grant.ts";
import { parsePpm, percentText } from "#protocol/money.ts";
import { readGrantFile } from "./grantFile.ts";
import type { Session } from "./session.ts";
import { refusal } from "./transact.ts";

/** What a new release is described by, whether it is the first of its asset or a later one. */
export interface DraftOptions {
  builtFrom: string;
  floor: string;
  byGrant: boolean;
  label: string;
  digest: string | undefined;
  uri: string;
  grants: string;
}

interface Draft {
  release: ReleaseDraft;
  grants: SignedGrant[];
}

export async function readDraft(options: DraftOptions): Promise<Draft> {
  const { digest = zeroHash } = options;
  if (!isHex(digest) || digest.length !== zeroHash.length) {
    throw new UserError("--digest must be 32 bytes: 0x and 64 hexadecimal digits.");
  }
  return {
    release: {
      contributions: parseContributions(options.builtFrom),
      floor: parsePpm(options.floor, "--floor"),
      byGrant: options.byGrant,
      label: options.label,
      digest,
      uri: options.uri,
    },
    grants: await Promise.all(listed(options.grants).map(readGrantFile)),
  };
}

const MOST_ANCESTORS = 1_000;
const SHOWN_ANCESTORS = 20;
const ONE = 10n ** 18n;

/**
 * Tells what publishing a release would lead to.
 *
 * @throws {UserError} if it would be refused; for contributions by grant with a reason for each.
 */
export async function showPreview(
  session: Session,
  { release: { contributions, floor }, grants }: Draft,
  { keep, asset }: { keep: number; asset: number | undefined },
): Promise<void> {
  const preview = await session.preview.read
    .preview([contributions, keep, floor, BigInt(MOST_ANCESTORS)])
    .catch((error: unknown) => {
      throw refusal(error);
    });
  const closed = contributions.filter((_, i) => (preview.closed >> BigInt(i)) & 1n);
  await requireGrants(
    session,
    closed.map(({ release }) => release),
    { asset, grants },
  );

  session.say(`Of every fee it keeps ${percentText(preview.ownWeight)} for its own asset.`);
  const inherited = preview.floor > floor ? `, inherited; ${percentText(floor)} was declared` : "";
  session.say(`Its floor: ${percentText(preview.floor)} of everything built on it must reach it${inherited}.`);
  if (preview.floorIsHigh) session.say("Warning: that is more than half. Hardly anyone will be able to build on it.");
  for (const { release, asset: of, reaches, keeps } of preview.ancestors.slice(0, SHOWN_ANCESTORS)) {
    session.say(
      `  release ${release} (asset ${of}) gets ${percentText(ppm(reaches))} of a fee and keeps ${percentText(ppm(keeps))}`,
    );
  }
  const more = preview.ancestors.length - SHOWN_ANCESTORS;
  if (more > 0) session.say(`  and ${preview.truncated ? "at least " : ""}${more} further ancestors get something`);
}

const ppm = (part: bigint) => Number((part * BigInt(WHOLE_PPM)) / ONE);

interface Leave {
  asset: number | undefined;
  grants: readonly SignedGrant[];
}

/** @throws {UserError} if a release that is by grant may not be named by this account. */
async function requireGrants(session: Session, closed: readonly number[], { asset, grants }: Leave): Promise<void> {
  const account = await session.account();
  const missing: string[] = [];
  for (const release of closed) {
    const of = await session.ledger.read.assetOf([release]);
    const [owner, toAccount, toAsset] = await Promise.all([
      session.registry.read.ownerOf([BigInt(of)]),
      session.registry.read.accountGrant([release, account]),
      asset === undefined ? false : session.registry.read.assetGrant([release, asset]),
    ]);
    const signed = grants.some(({ grant }) => grant.release === release);
    if (isAddressEqual(owner, account) || toAccount || toAsset || signed) continue;
    missing.push(
      `Release ${release} is by grant, and neither ${account}${asset === undefined ? "" : ` nor asset ${asset}`} has one. Ask its owner, ${getAddress(owner)}, for it: npx hardhat grant ${release} --account ${account}, or with --sign for a file that you give with --grants.`,
    );
  }
  if (missing.length > 0) throw new UserError(missing.join("\n"));
}
