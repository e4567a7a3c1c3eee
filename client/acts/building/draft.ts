import type { Hex } from "viem";
import { percentText } from "#protocol/money.ts";
import { printable } from "#protocol/texts/printable.ts";
import type { Names } from "../../names/nameTexts.ts";
import type { Contribution } from "../../parsing/contributions.ts";

/** A release before it is published, in the form that the registry takes. */
export interface ReleaseDraft {
  /** Ordered by ascending release. */
  contributions: readonly Contribution[];
  /** The part of every fee paid to anything built on it that must reach it, in ppm. */
  floor: number;
  byGrant: boolean;
  label: string;
  digest: Hex;
  uri: string;
}

/** Describes a release before it is published, as a list to follow a colon. */
export function describeDraft(names: Names, { contributions, byGrant, label, uri }: ReleaseDraft): string {
  const from = contributions
    .map(({ release, weight }) => `${names.release(release)} (${percentText(weight)})`)
    .join(", ");
  return [
    label && `label "${printable(label)}"`,
    uri && `URI ${printable(uri)}`,
    from ? `built from ${from}` : "without contributions",
    byGrant
      ? "by grant (only the owner of its asset, and accounts and assets with a grant, may build on it)"
      : "open (anyone may build on it)",
  ]
    .filter(Boolean)
    .join(", ");
}
