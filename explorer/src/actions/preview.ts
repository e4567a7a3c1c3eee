import { queryOptions } from "@tanstack/react-query";
import type { Address } from "viem";
import { UserError } from "#protocol/userError.ts";
import { previewAbi } from "#protocol/abis.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import { percentText } from "#protocol/money.ts";
import { previewOf } from "../wallet/deployment.ts";
import type { OnChain } from "../wallet/onChain.ts";
import { errorMessage } from "../wallet/errorMessage.ts";

/** The whole of a fee, as ReleasePreview counts it. */
export const ONE = 10n ** 18n;
const MOST = 200n;

/** A part of {@link ONE}, to four digits behind the point. */
export const percentOf = (part: bigint): string => {
  const ppm = Number((part * BigInt(WHOLE_PPM)) / ONE);
  return ppm === 0 && part > 0n ? "< 0.0001 %" : percentText(ppm);
};

/** Says in words why the contracts do not answer. */
export const told = async <T>(asked: Promise<T>): Promise<T> =>
  asked.catch((error: unknown) => {
    throw new UserError(errorMessage(error), { cause: error });
  });

export const whereFeesGo = ({ client, deployment }: OnChain, release: number) =>
  queryOptions({
    queryKey: ["whereFeesGo", release],
    structuralSharing: false,
    retry: 1,
    queryFn: async () => {
      const [shares, truncated] = await told(
        client.readContract({
          address: previewOf(deployment),
          abi: previewAbi,
          functionName: "whereFeesGo",
          args: [release, MOST],
        }),
      );
      return { shares, truncated };
    },
  });

interface CollectableParameters {
  account: Address;
  releases: readonly number[];
  assets: readonly number[];
  currency: Address;
}

/** What collecting would pay now, to the unit. */
export const collectable = (
  { client, deployment }: OnChain,
  { account, releases, assets, currency }: CollectableParameters,
): Promise<bigint> =>
  told(
    client.readContract({
      address: previewOf(deployment),
      abi: previewAbi,
      functionName: "collectable",
      args: [account, [...releases], [...assets], currency],
    }),
  );

interface DraftedRelease {
  contributions: readonly { release: number; weight: number }[];
  keep: number;
  floor: number;
}

/** What publishing would lead to; refused as publishing would be. */
export const previewRelease = ({ client, deployment }: OnChain, { contributions, keep, floor }: DraftedRelease) =>
  told(
    client.readContract({
      address: previewOf(deployment),
      abi: previewAbi,
      functionName: "preview",
      args: [[...contributions], keep, floor, MOST],
    }),
  );

/** Whether an account may build on a release, by itself or for one of its assets (0: for one that it would register). */
export const mayBuildOn = ({ client, deployment }: OnChain, release: number, account: Address, asset: number) =>
  told(
    client.readContract({
      address: previewOf(deployment),
      abi: previewAbi,
      functionName: "mayBuildOn",
      args: [release, account, asset],
    }),
  );
