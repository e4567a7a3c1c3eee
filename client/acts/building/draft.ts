import type { Hex } from "viem";
import { percentText } from "#protocol/money.ts";
import { printable } from "#protocol/printable.ts";
import type { Contribution } from "../../parsing/contributions.ts";

/** A release before it is published, as the registry takes it. */
export interface ReleaseDraft {
  /** Ordered by ascending release. */
  contributions: readonly Contribution[];
  /** The part of everything built on it that must reach it, in ppm. */
  floor: number;
  byGrant: boolean;
  label: string;
  digest: Hex;
  uri: string;
}

/** Describes a release before it is published, as the end of a sentence. */
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
