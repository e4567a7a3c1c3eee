import { accountBoard } from "../api/questions.ts";
import { CurrencyChoice } from "../parts/CurrencyChoice.tsx";
import { InCurrency } from "../parts/InCurrency.tsx";
import { AccountLink } from "../parts/links.tsx";
import { Money } from "../parts/Money.tsx";
import { Page, Section } from "../parts/Page.tsx";
import { Pages } from "../parts/Pages.tsx";
import { PayerTable } from "../parts/PayerTable.tsx";
import { Table } from "../parts/Table.tsx";

export function PeoplePage() {
  return (
    <Page
      title="People"
      lead="Whoever holds shares of an asset earns with it. To find yourself, search your address above."
    >
      <div className="filters">
        <CurrencyChoice />
      </div>
      <InCurrency lines={24}>
        {(currency) => (
          <>
            <Section title="Who earns most">
              <Pages of={accountBoard(currency.address)} lines={10}>
                {(rows) => (
                  <Table
                    caption="Accounts by what they earn"
                    rows={rows}
                    keyOf={({ rank }) => rank}
                    empty="Nobody has earned anything yet."
                    columns={[
                      { name: "Account", cell: ({ account }) => <AccountLink address={account} /> },
                      { name: "Earned in all", figure: true, cell: ({ income }) => <Money of={income} /> },
                      {
                        name: "Of it settled",
                        figure: true,
                        wide: true,
                        cell: ({ settled }) => <Money of={settled} />,
                      },
                    ]}
                  />
                )}
              </Pages>
            </Section>
            <Section title="Who pays most">
              <PayerTable currency={currency.address} empty="Nobody has paid anything yet." lines={10} />
            </Section>
          </>
        )}
      </InCurrency>
    </Page>
  );
}
