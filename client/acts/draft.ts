import { MAX_ID, WHOLE_PPM } from "#protocol/limits.ts";
import { UserError } from "#protocol/userError.ts";
import { parsePpm, percentText } from "#protocol/money.ts";
import { printable } from "#protocol/printable.ts";

export interface ReleaseDraft {
  contributions: Contribution[];
  floor: number;
  byGrant: boolean;
  label: string;
  digest: `0x${string}`;
  uri: string;
}

export interface Contribution {
  release: number;
  weight: number;
}

/**
 * Contributions as they are typed, "12:300000,15:5%", by ascending release.
 *
 * @throws {UserError} for what cannot be meant.
 */
export function parseContributions(text: string): Contribution[] {
  const contributions = listed(text).map((each) => {
    const [, release, weight] = /^(\d+):(\S+)$/.exec(each) ?? [];
    if (release === undefined || weight === undefined) {
      throw new UserError(`"${each}" is no contribution. Write release:weight, such as 12:300000 or 12:30%.`);
    }
    return { release: parseRelease(release), weight: parsePpm(weight, `The weight of release ${release}`) };
  });
  contributions.sort((a, b) => a.release - b.release);
  const twice = contributions.find(({ release }, i) => release === contributions[i + 1]?.release);
  if (twice) throw new UserError(`Release ${twice.release} is named twice. Name each once.`);
  const sum = contributions.reduce((total, { weight }) => total + weight, 0);
  if (sum > WHOLE_PPM) throw new UserError(`The weights add up to ${percentText(sum)}; 100 % is the most.`);
  return contributions;
}

/** @throws {UserError} unless it is a whole number that a release can have. */
export function parseRelease(text: string): number {
  const release = Number(text);
  if (/^\d+$/.test(text) && release >= 1 && release <= MAX_ID) return release;
  throw new UserError(`"${text}" is not a release or asset. They are numbered from 1.`);
}

/** The entries between commas. */
export const listed = (text: string): string[] =>
  text
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean);

/** How a release is described before it is published. */
export function describeDraft({ contributions, byGrant, label, uri }: ReleaseDraft): string {
  const from = contributions.map(({ release, weight }) => `release ${release} (${percentText(weight)})`).join(", ");
  return [
    label && `labelled "${printable(label)}"`,
    from ? `built from ${from}` : "built from nothing that is registered",
    byGrant ? "to build on by grant only" : "open to build on",
    uri && `found at ${printable(uri)}`,
  ]
    .filter(Boolean)
    .join(", ");
}
