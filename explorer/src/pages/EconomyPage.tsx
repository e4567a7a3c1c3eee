import { useQuery } from "@tanstack/react-query";
import { assetBoard, economyHealth, fees, ledger } from "../api/questions.ts";
import { formatCount } from "../format/amount.ts";
import { Answer } from "../parts/Answer.tsx";
import { CurrencyChoice } from "../parts/CurrencyChoice.tsx";
import { Fact, Facts } from "../parts/Facts.tsx";
import { FeeTable } from "../parts/FeeTable.tsx";
import { AssetLink } from "../parts/links.tsx";
import { Money } from "../parts/Money.tsx";
import { Page, Section } from "../parts/Page.tsx";
import { Pages } from "../parts/Pages.tsx";
import { Table } from "../parts/Table.tsx";
import { useCurrency } from "../parts/useCurrency.ts";

export function EconomyPage() {
  const { currency } = useCurrency();
  return (
    <Page
      title="Economy"
      heading="What was built from what, and where the money went"
      lead="Datasets, models and agents are recorded with what they were built from. When somebody pays for one, the fee flows backward to everyone whose work went into it."
    >
      <Sizes />
      <div className="filters">
        <CurrencyChoice />
      </div>
      {currency && (
        <>
          <HealthSection currency={currency.address} />
          <Section title="Assets that earn most">
            <Pages of={assetBoard(currency.address)}>
              {(rows) => (
                <Table
                  caption="Assets by income"
                  rows={rows}
                  keyOf={({ rank }) => rank}
                  columns={[
                    { name: "Asset", cell: ({ asset, assetName }) => <AssetLink id={asset} name={assetName} /> },
                    { name: "Earned in all", figure: true, cell: ({ income }) => <Money of={income} /> },
                  ]}
                />
              )}
            </Pages>
          </Section>
        </>
      )}
      <Section title="Newest fees">
        <Pages of={fees({ limit: 10 })}>{(rows) => <FeeTable caption="The newest fees" rows={rows} />}</Pages>
      </Section>
    </Page>
  );
}

function Sizes() {
  const query = useQuery(ledger);
  return (
    <Answer of={query} lines={2}>
      {({ data }) => (
        <Facts>
          <Fact name="Assets">{formatCount(data.assets)}</Fact>
          <Fact name="Releases">{formatCount(data.releases)}</Fact>
          <Fact name="Contributions">{formatCount(data.contributions)}</Fact>
          <Fact name="Fees">{formatCount(data.fees)}</Fact>
          <Fact name="Accounts">{formatCount(data.accounts)}</Fact>
        </Facts>
      )}
    </Answer>
  );
}

function HealthSection({ currency }: { currency: string }) {
  const query = useQuery(economyHealth(currency));
  return (
    <Section title="Health">
      <Answer of={query} lines={4}>
        {({ data }) => (
          <Facts>
            <Fact name="Paid in all">
              <Money of={data.trapped.paid} />
            </Fact>
            <Fact name="Claimed">
              <Money of={data.trapped.claimed} />
            </Fact>
          </Facts>
        )}
      </Answer>
    </Section>
  );
}
