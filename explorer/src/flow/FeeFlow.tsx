import { useQueries, type UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Schemas } from "../api/client.ts";
import { answer, api } from "../api/client.ts";
import { traceAssets, traceHops } from "../api/questions.ts";
import { Failure, Loading } from "../parts/QueryResult.tsx";
import { usePages } from "../parts/lists/usePages.ts";
import { feeFlow, MOST_HOPS } from "./feeFlow.ts";
import { FlowPicture } from "./FlowPicture.tsx";

/** Of so many assets it is shown who shares in them. */
const MOST_SHARED = 12;

type Holders = readonly [asset: number, holders: readonly Schemas["Shareholder"][]];

/** Who holds shares, once that is known of all assets. */
function combine(results: readonly UseQueryResult<Holders>[]) {
  const known = results.flatMap(({ data }) => (data ? [data] : []));
  return {
    known: known.length === results.length ? new Map(known) : undefined,
    error: results.find(({ error }) => error)?.error,
  };
}

/** One fee, from who paid it to everyone who is due something of it. */
export function FeeFlow({ fee }: { fee: Schemas["Fee"] }) {
  const hops = usePages(traceHops(fee.id));
  const assets = usePages(traceAssets(fee.id));
  const traced = assets.data?.pages[0]?.data;
  const path = hops.data?.pages[0]?.data;
  const shared = (traced ?? []).slice(0, MOST_SHARED).map(({ asset }) => asset);
  const holders = useQueries({
    queries: shared.map((asset) => ({
      queryKey: ["holders", asset],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const params = { path: { asset }, query: { limit: 10 } };
        const { data } = await answer(api().GET("/v1/assets/{asset}/shareholders", { params, signal }));
        return [asset, data] as const;
      },
    })),
    combine,
  });
  const of = useMemo(
    () => path && traced && holders.known && feeFlow({ fee, hops: path, assets: traced, holders: holders.known }),
    [fee, path, traced, holders.known],
  );
  const failed = hops.error ?? assets.error ?? holders.error;
  if (failed) return <Failure error={failed} retry={() => void hops.refetch()} />;
  if (!of) return <Loading lines={10} />;
  return (
    <>
      {(path?.length ?? 0) > MOST_HOPS && (
        <p className="note">It reaches too many releases to draw each: the bands go straight to the assets.</p>
      )}
      <FlowPicture of={of} currency={fee.amount.currency} caption="Where the fee goes" />
    </>
  );
}
