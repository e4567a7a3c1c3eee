import { releases } from "../api/questions.ts";
import { formatCount, formatPpm } from "../format/amount.ts";
import { ReleaseLink } from "../parts/links.tsx";
import { Page } from "../parts/frame/Page.tsx";
import { PagedList } from "../parts/lists/PagedList.tsx";
import { Table } from "../parts/lists/Table.tsx";
import { When } from "../parts/figures/When.tsx";

export function ReleasesPage() {
  return (
    <Page title="Releases" lead="Releases are versions of assets and never change. Newest first.">
      <PagedList of={releases({ orderDirection: "desc" })} lines={20}>
        {(rows) => (
          <Table
            caption="Releases"
            rows={rows}
            keyOf={({ id }) => id}
            columns={[
              { name: "Release", cell: (row) => <ReleaseLink {...row} /> },
              { name: "Contributions", figure: true, cell: ({ contributions }) => formatCount(contributions.length) },
              { name: "Own weight", figure: true, cell: ({ ownWeightPpm }) => formatPpm(ownWeightPpm) },
              {
                name: "Published",
                wide: true,
                figure: true,
                cell: ({ published }) => <When at={published.timestamp} />,
              },
            ]}
          />
        )}
      </PagedList>
    </Page>
  );
}
