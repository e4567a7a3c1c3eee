import type { Address } from "viem";
import { percentText } from "#protocol/money.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import type { Chain } from "../chain/chain.ts";
import { orRefusal } from "../errors/refusal.ts";
import type { Contribution } from "../parsing/contributions.ts";

/** The whole of a fee, in the unit of the contract `ReleasePreview`: 1e-18 of a fee. */
export const WHOLE_FEE = 10n ** 18n;

/** The most ancestors in one preview: nodes limit the gas of a call. */
const MAX_ANCESTORS = 200n;

/** Formats a part of {@link WHOLE_FEE} in per cent, with up to four decimals. */
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
 * Previews publishing a release: its own weight, its floor, and the part of each ancestor.
 *
 * @throws {Refusal} if publishing would be refused. Grants are not checked here, but by {@link mayBuildOn}.
 */
export async function previewRelease({ preview }: Chain, { contributions, keep, floor }: PreviewReleaseParameters) {
  return orRefusal(preview.read.preview([contributions, keep, floor, MAX_ANCESTORS]));
}

export type ReleasePreview = Awaited<ReturnType<typeof previewRelease>>;

export interface MayBuildOnParameters {
  release: number;
  account: Address;
  /** The asset that would publish the new release; undefined for an asset that is not registered yet. */
  asset: number | undefined;
}

/** Reads whether an account may build on a release now without a signed grant; if not, the name of the error. */
export async function mayBuildOn({ preview }: Chain, { release, account, asset = 0 }: MayBuildOnParameters) {
  const [allowed, reason, leastWeight] = await orRefusal(preview.read.mayBuildOn([release, account, asset]));
  return { allowed, reason, leastWeight };
}

/** Previews a fee: the part that reaches each release and the part that it keeps, after everything is settled. */
export async function whereFeesGo({ preview }: Chain, { release }: { release: number }) {
  const [shares, truncated] = await orRefusal(preview.read.whereFeesGo([release, MAX_ANCESTORS]));
  return { shares, truncated };
}

export interface CollectableParameters {
  account: Address;
  /** The releases to settle first, in this order. */
  releases: readonly number[];
  assets: readonly number[];
  currency: Address;
}

/** Previews the amount that collecting would pay now, in base units. */
export async function collectable(
  { preview }: Chain,
  { account, releases, assets, currency }: CollectableParameters,
): Promise<bigint> {
  return orRefusal(preview.read.collectable([account, releases, assets, currency]));
}
