import { accountBoard } from "../api/questions.ts";
import { CurrencyChoice } from "../parts/figures/CurrencyChoice.tsx";
import { InCurrency } from "../parts/figures/InCurrency.tsx";
import { AccountLink } from "../parts/links.tsx";
import { Money } from "../parts/figures/Money.tsx";
import { Page, Section } from "../parts/frame/Page.tsx";
import { PagedList } from "../parts/lists/PagedList.tsx";
import { PayerTable } from "../parts/lists/PayerTable.tsx";
import { Table } from "../parts/lists/Table.tsx";

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
              <PagedList of={accountBoard(currency.address)} lines={10}>
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
              </PagedList>
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
