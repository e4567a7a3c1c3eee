import { parsePpm, percentText } from "#protocol/money.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import { UserError } from "#protocol/userError.ts";
import { parseRelease } from "./parseRelease.ts";
import { splitList } from "./splitList.ts";

/** An earlier release, and the part of everything that goes to it, in ppm. */
export interface Contribution {
  release: number;
  weight: number;
}

/**
 * Reads contributions as they are typed, "12:300000,15:5%", by ascending release.
 *
 * @throws {UserError} for what cannot be meant.
 */
export function parseContributions(text: string): Contribution[] {
  return sortContributions(
    splitList(text).map((entry) => {
      const [, release, weight] = /^(\d+):(\S+)$/.exec(entry) ?? [];
      if (release === undefined || weight === undefined) {
        throw new UserError(`"${entry}" is no contribution. Write release:weight, such as 12:300000 or 12:30%.`);
      }
      return { release: parseRelease(release), weight: parsePpm(weight, `The weight of release ${release}`) };
    }),
  );
}

/**
 * Returns contributions by ascending release.
 *
 * @throws {UserError} if a release is named twice, or there is more than the whole.
 */
export function sortContributions(given: readonly Contribution[]): Contribution[] {
  const contributions = given.toSorted((a, b) => a.release - b.release);
  const twice = contributions.find(({ release }, i) => release === contributions[i + 1]?.release);
  if (twice) throw new UserError(`Release ${twice.release} is named twice. Name each once.`);
  const sum = contributions.reduce((total, { weight }) => total + weight, 0);
  if (sum > WHOLE_PPM) throw new UserError(`The weights add up to ${percentText(sum)}; 100 % is the most.`);
  return contributions;
}
