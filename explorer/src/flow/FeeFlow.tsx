import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Schemas } from "../api/client.ts";
import { answer, api } from "../api/client.ts";
import { traceAssets, traceHops } from "../api/questions.ts";
import { Failure, Loading } from "../parts/Answer.tsx";
import { usePages } from "../parts/usePages.ts";
import { feeFlow, MOST_HOPS } from "./feeFlow.ts";
import { FlowPicture } from "./FlowPicture.tsx";

/** Of so many assets it is shown who shares in them. */
const MOST_SHARED = 12;

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
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        answer(
          api().GET("/v1/assets/{asset}/shareholders", { params: { path: { asset }, query: { limit: 10 } }, signal }),
        ),
    })),
  });
  const known = holders.map(({ data }) => data);
  const ready = known.every((each) => each !== undefined);
  const of = useMemo(
    () =>
      path && traced && ready
        ? feeFlow({
            fee,
            hops: path,
            assets: traced,
            holders: new Map(shared.map((asset, i) => [asset, known[i]?.data ?? []])),
          })
        : undefined,
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- what is shared follows from what was traced
    [fee, path, traced, ready, ...known],
  );
  const failed = hops.error ?? assets.error ?? holders.find(({ error }) => error)?.error;
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
