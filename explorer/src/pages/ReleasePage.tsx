import { useQuery } from "@tanstack/react-query";
import type { Schemas } from "../api/client.ts";
import { builtBy, fees, release, weights } from "../api/questions.ts";
import { formatPpm } from "../format/amount.ts";
import { plainText } from "../format/plainText.ts";
import { QueryResult, untilKnown } from "../parts/QueryResult.tsx";
import { BAR, Bar } from "../parts/figures/Bar.tsx";
import { Detail, Fact, Facts } from "../parts/figures/Facts.tsx";
import { FeeTable } from "../parts/lists/FeeTable.tsx";
import { AssetLink, assetLabel, ReleaseLink } from "../parts/links.tsx";
import { Moneys } from "../parts/figures/Money.tsx";
import { Page, Section } from "../parts/frame/Page.tsx";
import { PagedList } from "../parts/lists/PagedList.tsx";
import { Table } from "../parts/lists/Table.tsx";
import { Counterfactual } from "../parts/lists/Counterfactual.tsx";
import { When } from "../parts/figures/When.tsx";
import { href } from "../router.ts";
import { useOwnsAsset } from "../wallet/own.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import { UserText } from "./AssetPage.tsx";
import { ReleaseOwnerActions } from "./OwnerActions.tsx";

export function ReleasePage({ param }: { param: string }) {
  const id = Number(param);
  const query = useQuery(release(id));
  const isOwner = useOwnsAsset(query.data?.data.asset);
  return (
    <QueryResult of={isOwner === undefined ? untilKnown(query) : query} lines={16}>
      {({ data }) => (
        <Page
          key={id}
          title={`${assetLabel(data.asset, data.assetName)} ${plainText(data.label, 32)}`.trim()}
          eyebrow={
            <>
              Release #{id} of <AssetLink id={data.asset} name={data.assetName} />
            </>
          }
        >
          <ReleaseBody of={data} isOwner={isOwner ?? false} />
        </Page>
      )}
    </QueryResult>
  );
}

function ReleaseBody({ of, isOwner }: { of: Schemas["Release"]; isOwner: boolean }) {
  const { id } = of;
  return (
    <>
      <Facts>
        <Fact name="Received">
          <Moneys of={of.flows.map(({ received }) => received)} />
        </Fact>
        <Fact name="Paid directly">
          <Moneys of={of.flows.map(({ direct }) => direct)} />
        </Fact>
        <Fact name="Settled">
          <Moneys of={of.flows.map(({ settled }) => settled)} /> <Detail>passed on so far</Detail>
        </Fact>
        <Fact name="Own weight">
          {formatPpm(of.ownWeightPpm)} <Detail>kept for its asset</Detail>
        </Fact>
        <Fact name="Floor">
          {formatPpm(of.floorPpm)} <Detail>of every fee paid into its descendants must reach it</Detail>
        </Fact>
        <Fact name="Who may build on it">
          {of.retired ? "nobody: it is retired" : of.byGrant ? "only with a grant" : "anyone"}
        </Fact>
        <Fact name="Published">
          <When at={of.published.timestamp} block={of.published.blockNumber} />
        </Fact>
        {of.uri && (
          <Fact name="Content">
            <UserText text={of.uri} />
          </Fact>
        )}
      </Facts>
      <p className="button-row">
        <a className="button primary" href={href(`/pay/${id}`)}>
          Pay into this release
        </a>
        <a className="button" href={href(`/releases/${id}/lineage`)}>
          View lineage
        </a>
        {!of.retired && (
          <a className="button" href={href("/register", { from: id })}>
            Register an asset built on it
          </a>
        )}
        {of.flows.some(({ received, settled }) => received.amount !== settled.amount) && (
          <a className="button" href={href(`/settle/${id}`)}>
            Settle
          </a>
        )}
      </p>
      {isOwner && <ReleaseOwnerActions of={of} />}
      <Section
        title="Where a fee goes"
        about="Of a fee paid into this release: the part that reaches each release (effective weight), and the part of the fee that stays with its asset (keeps). Rounding is left out."
      >
        <PagedList of={weights(id)}>
          {(rows) => (
            <Table
              caption="Effective weights"
              rows={rows}
              keyOf={({ release: each }) => each}
              columns={[
                { name: "Release", cell: (row) => <ReleaseLink id={row.release} assetName={row.assetName} /> },
                {
                  name: "Mainly through",
                  wide: true,
                  cell: ({ via }) => (via === null ? "paid directly" : <ReleaseLink id={via} />),
                },
                { name: "Effective weight", figure: true, cell: ({ reachesPpm }) => formatPpm(reachesPpm) },
                { name: "Keeps of the fee", figure: true, cell: ({ keepsPpm }) => formatPpm(keepsPpm) },
                {
                  name: BAR,
                  wide: true,
                  cell: ({ keepsPpm }) => <Bar portion={keepsPpm / WHOLE_PPM} />,
                },
              ]}
            />
          )}
        </PagedList>
      </Section>
      <Counterfactual release={id} />
      <Section title="Built on it">
        <PagedList of={builtBy(id)} lines={4}>
          {(rows) => (
            <Table
              caption="Releases built on it, newest first"
              rows={rows}
              keyOf={({ id: each }) => each}
              empty="No release is built on it yet."
              columns={[
                { name: "Release", cell: (row) => <ReleaseLink {...row} /> },
                {
                  name: "Weight",
                  figure: true,
                  cell: ({ contributions }) =>
                    formatPpm(contributions.find((each) => each.release === id)?.weightPpm ?? 0),
                },
                {
                  name: "Published",
                  figure: true,
                  wide: true,
                  cell: ({ published }) => <When at={published.timestamp} />,
                },
              ]}
            />
          )}
        </PagedList>
      </Section>
      <Section title="Fees paid directly" actions={<a href={href("/fees", { release: id })}>View all</a>}>
        <PagedList of={fees({ release: id, limit: 10 })}>
          {(rows) => (
            <FeeTable caption="Fees paid into this release" rows={rows} empty="No fee was paid into this release." />
          )}
        </PagedList>
      </Section>
    </>
  );
}
