import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import type { Schemas } from "../api/client.ts";
import { pluralize } from "../format/amount.ts";
import { progressOf, trace, traceAssets, traceHops } from "../api/questions.ts";
import { QueryResult, Loading } from "../parts/QueryResult.tsx";
import { Fact, Facts } from "../parts/figures/Facts.tsx";
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
  // The parts of the page are loaded at once, rather than after the fee.
  usePagedList(traceHops(param));
  usePagedList(traceAssets(param));
  usePagedList(progressOf(param));
  useEffect(() => void importFlow(), []);
  return (
    <QueryResult of={query} lines={16}>
      {({ data }) => (
        <Page key={param} title={moneyText(data.fee.amount)} eyebrow={`fee ${data.fee.id}`}>
          <FeeBody of={data} />
        </Page>
      )}
    </QueryResult>
  );
}

/** Text that tells whether the chain can still take a block back. */
function Certainty({ block }: { block: string }) {
  const isFinal = useIsFinal(block);
  if (isFinal === undefined) return <>not known yet</>;
  return <>{isFinal ? "final" : "its block is not final yet, and may be taken back"}</>;
}

function FeeBody({ of: { fee, hopCount, assetCount, pending } }: { of: Schemas["Trace"] }) {
  return (
    <>
      <Facts>
        <Fact name="Paid by">
          <AccountLink address={fee.payer} />
        </Fact>
        <Fact name="For">
          <ReleaseLink id={fee.release} assetName={fee.assetName} />
        </Fact>
        <Fact name="On">
          <When at={fee.paid.timestamp} block={fee.paid.blockNumber} />
        </Fact>
        <Fact name="Certainty">
          <Certainty block={fee.paid.blockNumber} />
        </Fact>
        <Fact name="Reaches">
          {pluralize(hopCount, "release")}, {pluralize(assetCount, "asset")}
        </Fact>
        <Fact name="Fractions, for later fees">
          <Money of={pending} />
        </Fact>
      </Facts>
      <Section
        title="Where it goes"
        about="Traced backward, from who paid to what was paid for, to what that was built from, to their assets and to whoever shares in these now. What one person gets is right to within a unit; all else is exact."
      >
        <div className="flow-place">
          <Suspense fallback={<Loading lines={10} />}>
            <FeeFlow fee={fee} />
          </Suspense>
        </div>
      </Section>
      <Section
        title="How far it has come"
        about="Money has no marks on it, so what was paid first counts as settled first and claimed first."
      >
        <PagedList of={progressOf(fee.id)}>
          {(rows) => (
            <Table
              caption="By asset"
              rows={rows}
              keyOf={({ asset }) => asset}
              columns={[
                { name: "Asset", cell: ({ asset, assetName }) => <AssetLink id={asset} name={assetName} /> },
                { name: "Is due", figure: true, cell: ({ kept }) => <Money of={kept} /> },
                { name: "Settled", figure: true, cell: ({ settled }) => <Money of={settled} /> },
                {
                  name: "Of it for the commons",
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
        <summary>As it was recorded</summary>
        <Facts>
          <Fact name="Reference">
            <code>{fee.reference}</code>
          </Fact>
          <Fact name="Transaction">
            <code>{fee.paid.transactionHash}</code>
          </Fact>
          <Fact name="Whose tokens were taken">
            {fee.fromCredit ? "credit inside the ledger" : <AccountLink address={fee.source} />}
          </Fact>
        </Facts>
      </details>
    </>
  );
}
