import type { Address } from "viem";
import { percentText } from "#protocol/money.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import type { Chain } from "../chain/chain.ts";
import { orRefusal } from "../errors/refused.ts";
import type { Contribution } from "../parsing/contributions.ts";

/** The whole of a fee, as the contract `ReleasePreview` counts it. */
export const WHOLE_FEE = 10n ** 18n;

/** The most ancestors that are asked for: nodes limit the gas of a question. */
const MOST_ANCESTORS = 200n;

/** Returns a part of {@link WHOLE_FEE} in per cent, to four digits behind the point. */
export function feeShareText(part: bigint): string {
  const ppm = Number((part * BigInt(WHOLE_PPM)) / WHOLE_FEE);
  return ppm === 0 && part > 0n ? "< 0.0001 %" : percentText(ppm);
}

export interface PreviewReleaseParameters {
  contributions: readonly Contribution[];
  keep: number;
  floor: number;
}

/**
 * Reads what publishing a release would lead to.
 *
 * @throws {Refused} as publishing would be, grants apart; see {@link mayBuildOn}.
 */
export async function previewRelease({ preview }: Chain, { contributions, keep, floor }: PreviewReleaseParameters) {
  return orRefusal(preview.read.preview([contributions, keep, floor, MOST_ANCESTORS]));
}

export type ReleasePreview = Awaited<ReturnType<typeof previewRelease>>;

export interface MayBuildOnParameters {
  release: number;
  account: Address;
  /** The asset that would publish; undefined for one that would be registered. */
  asset: number | undefined;
}

/** Reads whether an account may build on a release now, without a signed grant; otherwise the name of the error. */
export async function mayBuildOn({ preview }: Chain, { release, account, asset = 0 }: MayBuildOnParameters) {
  const [allowed, reason, leastWeight] = await orRefusal(preview.read.mayBuildOn([release, account, asset]));
  return { allowed, reason, leastWeight };
}

/** Reads the part of a fee that reaches each release, and what it keeps, once everything is settled. */
export async function whereFeesGo({ preview }: Chain, { release }: { release: number }) {
  const [shares, truncated] = await orRefusal(preview.read.whereFeesGo([release, MOST_ANCESTORS]));
  return { shares, truncated };
}

export interface CollectableParameters {
  account: Address;
  /** The releases to settle before, in this order. */
  releases: readonly number[];
  assets: readonly number[];
  currency: Address;
}

/** Reads what collecting would pay now, to the base unit. */
export async function collectable(
  { preview }: Chain,
  { account, releases, assets, currency }: CollectableParameters,
): Promise<bigint> {
  return orRefusal(preview.read.collectable([account, releases, assets, currency]));
}
