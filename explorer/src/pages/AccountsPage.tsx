import { accountBoard } from "../api/questions.ts";
import { CurrencyChoice } from "../parts/figures/CurrencyChoice.tsx";
import { InCurrency } from "../parts/figures/InCurrency.tsx";
import { AccountLink } from "../parts/links.tsx";
import { Money } from "../parts/figures/Money.tsx";
import { Page, Section } from "../parts/frame/Page.tsx";
import { PagedList } from "../parts/lists/PagedList.tsx";
import { PayerTable } from "../parts/lists/PayerTable.tsx";
import { Table } from "../parts/lists/Table.tsx";

export function AccountsPage() {
  return (
    <Page
      title="Accounts"
      lead="An account earns from the assets of which it holds shares. To find your account, search for its address above."
    >
      <div className="filters">
        <CurrencyChoice />
      </div>
      <InCurrency lines={24}>
        {(currency) => (
          <>
            <Section title="Top earners">
              <PagedList of={accountBoard(currency.address)} lines={10}>
                {(rows) => (
                  <Table
                    caption="Accounts by what they earn after settling"
                    rows={rows}
                    keyOf={({ rank }) => rank}
                    empty="No account has earned anything yet."
                    columns={[
                      { name: "Account", cell: ({ account }) => <AccountLink address={account} /> },
                      { name: "Earned after settling", figure: true, cell: ({ income }) => <Money of={income} /> },
                      {
                        name: "Earned",
                        figure: true,
                        wide: true,
                        cell: ({ settled }) => <Money of={settled} />,
                      },
                    ]}
                  />
                )}
              </PagedList>
            </Section>
            <Section title="Top payers">
              <PayerTable currency={currency.address} empty="No fee was paid yet." lines={10} />
            </Section>
          </>
        )}
      </InCurrency>
    </Page>
  );
}
