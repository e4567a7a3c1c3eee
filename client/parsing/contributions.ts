import { parsePpm, percentText } from "#protocol/money.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import { UserError } from "#protocol/userError.ts";
import { parseRelease } from "./parseRelease.ts";
import { splitList } from "./splitList.ts";

/** An earlier release, and its weight: the part of everything received that goes to it, in ppm. */
export interface Contribution {
  release: number;
  weight: number;
}

/** A contribution as it was typed: an id or a name, and a weight. */
export interface TypedContribution {
  release: string;
  weight: string;
}

/**
 * Splits contributions such as "12:300000,Llama 3:5%". A name may have commas and colons: the weight is behind the last
 * colon, and an entry goes on until it has one.
 *
 * @throws {UserError} if an entry has no weight.
 */
export function splitContributions(text: string): TypedContribution[] {
  const entries: TypedContribution[] = [];
  let rest: string | undefined;
  for (const part of splitList(text)) {
    const entry: string = rest === undefined ? part : `${rest}, ${part}`;
    const [, release, weight] = /^(.*\S)\s*:\s*([^\s:]+)$/su.exec(entry) ?? [];
    rest = release === undefined ? entry : undefined;
    if (release !== undefined && weight !== undefined) entries.push({ release, weight });
  }
  if (rest !== undefined) throw notContribution(rest);
  return entries;
}

const notContribution = (entry: string) =>
  new UserError(`"${entry}" is not a contribution. Write release:weight, such as 12:300000 or 12:30%.`);

/**
 * Parses contributions such as "12:300000,15:5%", and sorts them by ascending release.
 *
 * @throws {UserError} if the text is malformed, names a release twice, or has weights above 100 %.
 */
export function parseContributions(text: string): Contribution[] {
  return sortContributions(
    splitContributions(text).map(({ release, weight }) => {
      if (!/^\d+$/.test(release)) throw notContribution(`${release}:${weight}`);
      return { release: parseRelease(release), weight: parsePpm(weight, `The weight of release ${release}`) };
    }),
  );
}

/**
 * Returns contributions sorted by ascending release.
 *
 * @throws {UserError} if a release is named twice, or if the weights add up to more than 100 %.
 */
export function sortContributions(given: readonly Contribution[]): Contribution[] {
  const contributions = given.toSorted((a, b) => a.release - b.release);
  const duplicate = contributions.find(({ release }, i) => release === contributions[i + 1]?.release);
  if (duplicate) throw new UserError(`Release ${duplicate.release} is named twice. Name each release once.`);
  const sum = contributions.reduce((total, { weight }) => total + weight, 0);
  if (sum > WHOLE_PPM)
    throw new UserError(`The weights add up to ${percentText(sum)}. Lower some, so that they add up to 100 % at most.`);
  return contributions;
}
