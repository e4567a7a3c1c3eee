import { type Address, type Hex, isHex, zeroHash } from "viem";
import { ROLES } from "#protocol/kinds.ts";
import { TOTAL_SHARES, WHOLE_PPM } from "#protocol/limits.ts";
import { UserError } from "#protocol/userError.ts";
import { parseAddress } from "#protocol/address.ts";
import { parseContributions, parseRelease, type ReleaseDraft } from "#client/acts/draft.ts";
import { parseGrant, type SignedGrant } from "#client/signing/grant.ts";
import { parsePpm, percentText } from "#protocol/money.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import { mayBuildOn, previewRelease } from "../preview.ts";
import { ADVICE } from "#client/errors/advice.ts";

/** A row of the form: an earlier release and what it is to get. */
export interface BuiltFrom {
  key: number;
  release: string;
  percent: string;
}

/** What a release is described by, as it was typed. */
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

/** Per cent as people type them, with the sign or without. */
export const parsePercent = (text: string, what: string): number =>
  parsePpm(`${text.trim().replace(/\s*%$/, "") || "0"}%`, what);

/** @throws {UserError} for what cannot be meant. */
export function readDraft({ builtFrom, floor, byGrant, label, digest, uri }: DraftForm): ReleaseDraft {
  const rows = builtFrom.filter(({ release, percent }) => release.trim() !== "" || percent.trim() !== "");
  const contributions = parseContributions(
    rows
      .map(({ release, percent }) => {
        const id = parseRelease(release.trim().replace(/^#/, ""));
        return `${id}:${parsePercent(percent, `The weight of release ${id}`)}`;
      })
      .join(","),
  );
  const hash = digest.trim();
  if (hash !== "" && !(isHex(hash) && hash.length === zeroHash.length)) {
    throw new UserError("The content's digest must be 32 bytes: 0x and 64 hexadecimal digits.");
  }
  return {
    contributions,
    floor: parsePercent(floor, "The floor"),
    byGrant,
    label: label.trim(),
    digest: hash === "" ? zeroHash : (hash as Hex),
    uri: uri.trim(),
  };
}

export function readGrant(text: string, name: string, { deployment }: OnChain): SignedGrant {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new UserError(`${name} is no JSON.`);
  }
  const { grant, signature, chainId, registry } = parseGrant(content, name);
  if (chainId !== deployment.chainId || registry.toLowerCase() !== deployment.registry.toLowerCase()) {
    throw new UserError(`${name} was signed for ${registry} on chain ${chainId}, not for this one.`);
  }
  return { grant, signature };
}

export type Preview = Awaited<ReturnType<typeof previewRelease>>;

interface Publishing {
  release: ReleaseDraft;
  grants: readonly SignedGrant[];
  keep: number;
  /** Undefined for one that is to be registered. */
  asset: number | undefined;
}

/**
 * What publishing would lead to.
 *
 * @throws {UserError} if it would be refused, for the contributions one by one.
 */
export async function tryDraft(
  on: OnChain,
  account: Address,
  { release: { contributions, floor }, grants, keep, asset }: Publishing,
): Promise<Preview> {
  const allowed = await Promise.all(
    contributions.map(async ({ release, weight }) => {
      const [may, reason, leastWeight] = await mayBuildOn(on, release, account, asset ?? 0);
      const signed = reason === "GrantRequired" && grants.some(({ grant }) => grant.release === release);
      if (may || signed) return undefined;
      const names = { release, asset, caller: account, weight, floor: leastWeight };
      return ADVICE[reason]?.(names) ?? reason;
    }),
  );
  const reasons = allowed.filter((reason) => reason !== undefined);
  if (reasons.length > 0) throw new UserError(reasons.join(" "));
  return previewRelease(on, { contributions, keep, floor });
}

/** What to be told of the floor that a release ends with. */
export function floorNotes({ floor, floorIsHigh, ownWeight }: Preview, declared: number) {
  const inherited = floor > declared ? `, inherited; ${percentText(declared)} was declared` : "";
  return {
    notes: [
      `Of every fee it keeps ${percentText(ownWeight)} for its own shareholders.`,
      floor === 0
        ? "It asks for nothing of what is built on it."
        : `Its floor: ${percentText(floor)} of everything built on it must reach it${inherited}.`,
    ],
    warnings: floorIsHigh
      ? [`Its floor would be ${percentText(floor)}, more than half: hardly anyone will be able to build on it.`]
      : [],
  };
}

/** A row of the form: who gets which part of the income, and for what. */
export interface ShareRow {
  key: number;
  account: string;
  role: (typeof ROLES)[number];
  percent: string;
}

/** @throws {UserError} unless they are all of an asset's shares. */
export function readShares(rows: readonly ShareRow[]) {
  const allocations = rows.map(({ account, role, percent }, i) => {
    const shares = (BigInt(parsePercent(percent, `Part ${i + 1}`)) * TOTAL_SHARES) / BigInt(WHOLE_PPM);
    if (shares === 0n) throw new UserError(`Contributor ${i + 1} must get more than nothing.`);
    return { account: parseAddress(account.trim(), `Contributor ${i + 1}`), role: ROLES.indexOf(role), shares };
  });
  const sum = allocations.reduce((total, { shares }) => total + shares, 0n);
  if (sum !== TOTAL_SHARES) {
    throw new UserError(`The parts add up to ${percentText(Number(sum / 100n))}. They must be exactly 100 %.`);
  }
  return allocations;
}
