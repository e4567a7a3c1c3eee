import { useQuery } from "@tanstack/react-query";
import { trace } from "../api/questions.ts";
import { Answer } from "../parts/Answer.tsx";
import { Fact, Facts } from "../parts/Facts.tsx";
import { AccountLink, AssetLink, ReleaseLink } from "../parts/links.tsx";
import { Money, moneyText } from "../parts/Money.tsx";
import { Page, Section } from "../parts/Page.tsx";
import { Table } from "../parts/Table.tsx";
import { When } from "../parts/When.tsx";

export function FeePage({ param }: { param: string }) {
  const query = useQuery(trace(param));
  return (
    <Answer of={query} lines={16}>
      {({ data: { fee, assets, pending } }) => (
        <Page key={param} title={moneyText(fee.amount)} eyebrow={`fee ${fee.id}`}>
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
            <Fact name="Fractions below a unit">
              <Money of={pending} />
            </Fact>
          </Facts>
          <Section title="Who gets it">
            <Table
              caption="What each asset keeps of the fee"
              rows={assets}
              keyOf={({ asset }) => asset}
              columns={[
                { name: "Asset", cell: ({ asset, assetName }) => <AssetLink id={asset} name={assetName} /> },
                { name: "Commons", figure: true, cell: ({ commons }) => <Money of={commons} /> },
                { name: "Shareholders", figure: true, cell: ({ shareholders }) => <Money of={shareholders} /> },
                { name: "Keeps", figure: true, cell: ({ kept }) => <Money of={kept} /> },
              ]}
            />
          </Section>
        </Page>
      )}
    </Answer>
  );
}
