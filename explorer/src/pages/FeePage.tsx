import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import type { Schemas } from "../api/client.ts";
import { pluralize } from "../format/amount.ts";
import { progressOf, trace, traceAssets, traceHops } from "../api/questions.ts";
import { QueryResult, Loading } from "../parts/QueryResult.tsx";
import { Fact, Facts } from "../parts/figures/Facts.tsx";
import { InFractions } from "../parts/figures/InFractions.tsx";
import { AccountLink, AssetLink, ReleaseLink } from "../parts/links.tsx";
import { Money } from "../parts/figures/Money.tsx";
import { moneyText } from "../parts/figures/moneyText.ts";
import { Page, Section } from "../parts/frame/Page.tsx";
import { PagedList } from "../parts/lists/PagedList.tsx";
import { Table } from "../parts/lists/Table.tsx";
import { useIsFinal } from "../parts/figures/useIsFinal.ts";
import { usePagedList } from "../parts/lists/usePagedList.ts";
import { When } from "../parts/figures/When.tsx";

const importFlow = () => import("../flow/FeeFlow.tsx");
const FeeFlow = lazy(async () => ({ default: (await importFlow()).FeeFlow }));

export function FeePage({ param }: { param: string }) {
  const query = useQuery(trace(param));
  // Loads the parts of the page together with the fee, not after it.
  usePagedList(traceHops(param));
  usePagedList(traceAssets(param));
  usePagedList(progressOf(param));
  useEffect(() => void importFlow(), []);
  return (
    <QueryResult of={query} lines={16}>
      {({ data }) => (
        <Page key={param} title={moneyText(data.fee.amount)} eyebrow={`Fee ${data.fee.id}`}>
          <FeeBody of={data} />
        </Page>
      )}
    </QueryResult>
  );
}

/** Reports whether the chain can still take a block back. */
function Finality({ block }: { block: string }) {
  const isFinal = useIsFinal(block);
  if (isFinal === undefined) return <>loading…</>;
  return <>{isFinal ? "final" : "not final: the chain can still take its block back"}</>;
}

function FeeBody({ of: { fee, hopCount, assetCount, pending } }: { of: Schemas["Trace"] }) {
  return (
    <>
      <Facts>
        <Fact name="Payer">
          <AccountLink address={fee.payer} />
        </Fact>
        <Fact name="Release">
          <ReleaseLink id={fee.release} assetName={fee.assetName} />
        </Fact>
        <Fact name="Time">
          <When at={fee.paid.timestamp} block={fee.paid.blockNumber} />
        </Fact>
        <Fact name="Finality">
          <Finality block={fee.paid.blockNumber} />
        </Fact>
        <Fact name="Reaches">
          {pluralize(hopCount, "release")}, {pluralize(assetCount, "asset")}
        </Fact>
        <InFractions of={pending} />
      </Facts>
      <Section
        title="Trace"
        about="The path of this fee once everything is settled: from its payer to the paid release, to the releases that it was built from, to their assets, and to the accounts that hold shares now. Amounts of accounts can be one base unit off; the others are exact."
      >
        <div className="flow-place">
          <Suspense fallback={<Loading lines={10} />}>
            <FeeFlow fee={fee} />
          </Suspense>
        </div>
      </Section>
      <Section
        title="Progress"
        about="Money carries no marks. So the fee that was paid first counts as settled and claimed first."
      >
        <PagedList of={progressOf(fee.id)}>
          {(rows) => (
            <Table
              caption="Progress by asset"
              rows={rows}
              keyOf={({ asset }) => asset}
              columns={[
                { name: "Asset", cell: ({ asset, assetName }) => <AssetLink id={asset} name={assetName} /> },
                { name: "Kept by the asset", figure: true, cell: ({ kept }) => <Money of={kept} /> },
                { name: "Settled of it", figure: true, cell: ({ settled }) => <Money of={settled} /> },
                {
                  name: "Commons' part of it",
                  figure: true,
                  wide: true,
                  cell: ({ commonsDue }) => <Money of={commonsDue} />,
                },
                {
                  name: "Claimable by shareholders",
                  figure: true,
                  wide: true,
                  cell: ({ shareholdersClaimable }) => <Money of={shareholdersClaimable} />,
                },
                {
                  name: "Claimed by shareholders",
                  figure: true,
                  wide: true,
                  cell: ({ shareholdersClaimed }) => <Money of={shareholdersClaimed} />,
                },
              ]}
            />
          )}
        </PagedList>
      </Section>
      <details>
        <summary>On-chain record</summary>
        <Facts>
          <Fact name="Reference">
            <code>{fee.reference}</code>
          </Fact>
          <Fact name="Transaction">
            <code>{fee.paid.transactionHash}</code>
          </Fact>
          <Fact name="Source of the money">
            {fee.fromCredit ? "credit in the ledger" : <AccountLink address={fee.source} />}
          </Fact>
        </Facts>
      </details>
    </>
  );
}
