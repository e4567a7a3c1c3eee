import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import type { Schemas } from "../api/client.ts";
import { pluralize } from "../format/amount.ts";
import { progressOf, trace, traceAssets, traceHops } from "../api/questions.ts";
import { QueryResult, Loading } from "../parts/QueryResult.tsx";
import { Detail, Fact, Facts } from "../parts/figures/Facts.tsx";
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

/** Reports whether a reorg can still remove a block. */
function Finality({ block }: { block: string }) {
  const isFinal = useIsFinal(block);
  if (isFinal === undefined) return <>loading…</>;
  return <>{isFinal ? "final" : "not final: a reorg can still remove its block"}</>;
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
        <Fact name="Rounding remainder">
          <Money of={pending} /> <Detail>passed on with later fees</Detail>
        </Fact>
      </Facts>
      <Section
        title="Trace"
        about="The path of this fee once everything is settled: from its payer to the paid release, to the releases that it was built from, to their assets, and to the accounts that hold shares now. An account's amount is exact to within one base unit; all other amounts are exact."
      >
        <div className="flow-place">
          <Suspense fallback={<Loading lines={10} />}>
            <FeeFlow fee={fee} />
          </Suspense>
        </div>
      </Section>
      <Section
        title="Progress"
        about="Amounts of a currency cannot be told apart. So the fee that was paid first counts as settled first and claimed first."
      >
        <PagedList of={progressOf(fee.id)}>
          {(rows) => (
            <Table
              caption="Progress by asset"
              rows={rows}
              keyOf={({ asset }) => asset}
              columns={[
                { name: "Asset", cell: ({ asset, assetName }) => <AssetLink id={asset} name={assetName} /> },
                { name: "Due", figure: true, cell: ({ kept }) => <Money of={kept} /> },
                { name: "Settled", figure: true, cell: ({ settled }) => <Money of={settled} /> },
                {
                  name: "Due to the commons",
                  figure: true,
                  wide: true,
                  cell: ({ commonsDue }) => <Money of={commonsDue} />,
                },
                {
                  name: "Claimable",
                  figure: true,
                  wide: true,
                  cell: ({ shareholdersClaimable }) => <Money of={shareholdersClaimable} />,
                },
                {
                  name: "Claimed",
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
