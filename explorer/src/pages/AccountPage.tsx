import { statementLines } from "../api/questions.ts";
import { AssetLink, shortAddress } from "../parts/links.tsx";
import { Money } from "../parts/Money.tsx";
import { Page, Section } from "../parts/Page.tsx";
import { Pages } from "../parts/Pages.tsx";
import { Table } from "../parts/Table.tsx";
import { Shares } from "./AssetPage.tsx";

export function AccountPage({ param }: { param: string }) {
  const address = param.toLowerCase();
  return (
    <Page key={address} title={shortAddress(address)} eyebrow="account" lead={<code>{address}</code>}>
      <Section title="What it holds and earned">
        <Pages of={statementLines(address)}>
          {(rows) => (
            <Table
              caption="By asset and currency"
              rows={rows}
              keyOf={({ asset, earned }) => `${asset}-${earned.currency.address}`}
              empty="It never held shares of anything."
              columns={[
                { name: "Asset", cell: ({ asset, assetName }) => <AssetLink id={asset} name={assetName} /> },
                { name: "Holds", figure: true, cell: ({ shares }) => <Shares of={shares} /> },
                { name: "Earned", figure: true, cell: ({ earned }) => <Money of={earned} /> },
                { name: "Claimable now", figure: true, cell: ({ claimableNow }) => <Money of={claimableNow} /> },
                {
                  name: "After settling",
                  figure: true,
                  cell: ({ claimableAfterSettling }) => <Money of={claimableAfterSettling} />,
                },
              ]}
            />
          )}
        </Pages>
      </Section>
    </Page>
  );
}
