import { useState } from "react";
import { counterfactual } from "../../api/questions.ts";
import { portion } from "../../format/amount.ts";
import { Bar } from "../figures/Bar.tsx";
import { CurrencyChoice } from "../figures/CurrencyChoice.tsx";
import { AssetLink } from "../links.tsx";
import { Money } from "../figures/Money.tsx";
import { Section } from "../frame/Page.tsx";
import { PagedList } from "./PagedList.tsx";
import { Table } from "./Table.tsx";
import { useCurrency } from "../figures/useCurrency.ts";

/** Incomes as they would be without a release. They are read on demand, because the API replays every fee. */
export function Counterfactual({ release }: { release: number }) {
  const [open, setOpen] = useState(false);
  const { currency } = useCurrency();
  return (
    <Section
      title="Without this release"
      about="Income after settling of each asset: with this release, and as if it did not exist and its weight had stayed with the releases built on it. This is exact arithmetic, not a prediction: without it, people might have built something else or paid into it."
      actions={<CurrencyChoice />}
    >
      {!open && (
        <button type="button" onClick={() => setOpen(true)}>
          Compute
        </button>
      )}
      {open && currency && (
        <PagedList of={counterfactual(release, currency.address)}>
          {(rows) => {
            const most = rows.reduce((largest, { income, without: other }) => {
              const larger = [largest, income.amount, other.amount].map(BigInt).reduce((a, b) => (a > b ? a : b));
              return String(larger);
            }, "0");
            return (
              <Table
                caption="Assets by difference, largest first"
                showCaption
                rows={rows}
                keyOf={({ asset }) => asset}
                empty="No asset would have a different income."
                columns={[
                  { name: "Asset", cell: ({ asset, assetName }) => <AssetLink id={asset} name={assetName} /> },
                  {
                    name: "With it and without it",
                    wide: true,
                    cell: ({ income, without: other }) => (
                      <span className="pair">
                        <Bar portion={portion(income.amount, most)} />
                        <Bar portion={portion(other.amount, most)} />
                      </span>
                    ),
                  },
                  { name: "With it", figure: true, wide: true, cell: ({ income }) => <Money of={income} /> },
                  { name: "Without it", figure: true, cell: ({ without: other }) => <Money of={other} /> },
                  {
                    name: "Difference",
                    figure: true,
                    cell: ({ difference }) => (
                      <Money of={difference} className={difference.amount.startsWith("-") ? "less" : "more-than"} />
                    ),
                  },
                ]}
              />
            );
          }}
        </PagedList>
      )}
    </Section>
  );
}
