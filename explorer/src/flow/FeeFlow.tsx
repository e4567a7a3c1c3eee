import { useQueries, type UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Schemas } from "../api/client.ts";
import { answer, api } from "../api/client.ts";
import { traceAssets, traceHops } from "../api/questions.ts";
import { Failure, Loading } from "../parts/QueryResult.tsx";
import { usePagedList } from "../parts/lists/usePagedList.ts";
import { feeFlow, MOST_HOPS } from "./feeFlow.ts";
import { FlowPicture } from "./FlowPicture.tsx";

/** Number of assets whose shareholders are drawn. */
const MOST_WITH_SHAREHOLDERS = 12;

type Holders = readonly [asset: number, holders: readonly Schemas["Shareholder"][]];

/** Combines the answers: shareholders by asset once all answers have arrived, and the first error. */
function combine(results: readonly UseQueryResult<Holders>[]) {
  const answers = results.flatMap(({ data }) => (data ? [data] : []));
  return {
    byAsset: answers.length === results.length ? new Map(answers) : undefined,
    error: results.find(({ error }) => error)?.error,
  };
}

/** Picture of one fee, from its payer to all accounts to which a part of it is due. */
export function FeeFlow({ fee }: { fee: Schemas["Fee"] }) {
  const hops = usePagedList(traceHops(fee.id));
  const assets = usePagedList(traceAssets(fee.id));
  const assetRows = assets.data?.pages[0]?.data;
  const hopRows = hops.data?.pages[0]?.data;
  const withShareholders = (assetRows ?? []).slice(0, MOST_WITH_SHAREHOLDERS).map(({ asset }) => asset);
  const holders = useQueries({
    queries: withShareholders.map((asset) => ({
      queryKey: ["holders", asset],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const params = { path: { asset }, query: { limit: 10 } };
        const { data } = await answer(api().GET("/v1/assets/{asset}/shareholders", { params, signal }));
        return [asset, data] as const;
      },
    })),
    combine,
  });
  const { byAsset } = holders;
  const flow = useMemo(
    () => hopRows && assetRows && byAsset && feeFlow({ fee, hops: hopRows, assets: assetRows, holders: byAsset }),
    [fee, hopRows, assetRows, byAsset],
  );
  const error = hops.error ?? assets.error ?? holders.error;
  if (error) return <Failure error={error} retry={() => void hops.refetch()} />;
  if (!flow) return <Loading lines={10} />;
  return (
    <>
      {(hopRows?.length ?? 0) > MOST_HOPS && (
        <p className="note">
          This fee reaches too many releases to draw each one. The bands go directly to the assets.
        </p>
      )}
      <FlowPicture flow={flow} currency={fee.amount.currency} caption="Where the fee goes" />
    </>
  );
}
