import { useQuery } from "@tanstack/react-query";
import type { Schemas } from "../api/client.ts";
import { builtBy, fees, release, weights } from "../api/questions.ts";
import { formatPpm } from "../format/amount.ts";
import { plainText } from "../format/plainText.ts";
import { QueryResult } from "../parts/QueryResult.tsx";
import { Bar } from "../parts/figures/Bar.tsx";
import { Fact, Facts } from "../parts/figures/Facts.tsx";
import { FeeTable } from "../parts/lists/FeeTable.tsx";
import { AssetLink, assetLabel, ReleaseLink } from "../parts/links.tsx";
import { Moneys } from "../parts/figures/Money.tsx";
import { Page, Section } from "../parts/frame/Page.tsx";
import { PagedList } from "../parts/lists/PagedList.tsx";
import { Table } from "../parts/lists/Table.tsx";
import { Counterfactual } from "../parts/lists/Counterfactual.tsx";
import { When } from "../parts/figures/When.tsx";
import { href } from "../router.ts";
import { WHOLE_PPM } from "#protocol/limits.ts";
import { UserText } from "./AssetPage.tsx";

export function ReleasePage({ param }: { param: string }) {
  const id = Number(param);
  const query = useQuery(release(id));
  return (
    <QueryResult of={query} lines={16}>
      {({ data }) => (
        <Page
          key={id}
          title={`${assetLabel(data.asset, data.assetName)} ${plainText(data.label, 32)}`.trim()}
          eyebrow={
            <>
              release #{id} of <AssetLink id={data.asset} name={data.assetName} />
            </>
          }
        >
          <ReleaseBody of={data} />
        </Page>
      )}
    </QueryResult>
  );
}

function ReleaseBody({ of }: { of: Schemas["Release"] }) {
  const { id } = of;
  return (
    <>
      <Facts>
        <Fact name="Received">
          <Moneys of={of.flows.map(({ received }) => received)} />
        </Fact>
        <Fact name="Of it paid to it directly">
          <Moneys of={of.flows.map(({ direct }) => direct)} />
        </Fact>
        <Fact name="Of it passed on">
          <Moneys of={of.flows.map(({ settled }) => settled)} />
        </Fact>
        <Fact name="Keeps for its asset">{formatPpm(of.ownWeightPpm)}</Fact>
        <Fact name="Asks of what is built on it">{formatPpm(of.floorPpm)}</Fact>
        <Fact name="Building on it">
          {of.retired ? "retired: not any more" : of.byGrant ? "by grant" : "open to all"}
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
          Pay for it
        </a>
        <a className="button" href={href(`/releases/${id}/lineage`)}>
          See its lineage
        </a>
        {!of.retired && (
          <a className="button" href={href("/register", { from: id })}>
            Build on it
          </a>
        )}
        {of.byGrant && (
          <a className="button" href={href(`/grant/${id}`)}>
            Grant
          </a>
        )}
        <a className="button" href={href(`/retire/${id}`)}>
          {of.retired ? "Restore" : "Retire"}
        </a>
      </p>
      <Section
        title="Where a fee for it goes"
        about="Of a large fee paid for this release: the part that reaches each of its ancestors, along all paths together, and the part that each keeps."
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
                  name: "Comes through",
                  wide: true,
                  cell: ({ via }) => (via === null ? "paid itself" : <ReleaseLink id={via} />),
                },
                { name: "Reaches it", figure: true, cell: ({ reachesPpm }) => formatPpm(reachesPpm) },
                { name: "Keeps", figure: true, cell: ({ keepsPpm }) => formatPpm(keepsPpm) },
                {
                  name: <span className="unseen">As a bar</span>,
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
              caption="Releases that name it, the newest first"
              rows={rows}
              keyOf={({ id: each }) => each}
              empty="Nothing is built on it yet."
              columns={[
                { name: "Release", cell: (row) => <ReleaseLink {...row} /> },
                {
                  name: "Passes on to it",
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
      <Section title="Paid for it" actions={<a href={href("/fees", { release: id })}>All of them</a>}>
        <PagedList of={fees({ release: id, limit: 10 })}>
          {(rows) => <FeeTable caption="Fees paid for it" rows={rows} empty="No fee was paid for it itself." />}
        </PagedList>
      </Section>
    </>
  );
}
