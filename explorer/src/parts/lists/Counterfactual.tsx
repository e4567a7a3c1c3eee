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

/** Incomes as they would be without a release. They are read on demand, for the API counts every fee again. */
export function Counterfactual({ release }: { release: number }) {
  const [open, setOpen] = useState(false);
  const { currency } = useCurrency();
  return (
    <Section
      title="Without this release"
      about="Who would have earned what had it not existed, and its weight had stayed with whoever named it. An accounting answer, to the unit, not a causal one: without it, people might have built or paid something else."
      actions={<CurrencyChoice />}
    >
      {!open && (
        <button type="button" onClick={() => setOpen(true)}>
          Count it
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
                caption="Assets whose income would be another, the largest difference first"
                showCaption
                rows={rows}
                keyOf={({ asset }) => asset}
                empty="Nobody's income would be another."
                columns={[
                  { name: "Asset", cell: ({ asset, assetName }) => <AssetLink id={asset} name={assetName} /> },
                  {
                    name: "As it is, and without",
                    wide: true,
                    cell: ({ income, without: other }) => (
                      <span className="pair">
                        <Bar portion={portion(income.amount, most)} />
                        <Bar portion={portion(other.amount, most)} />
                      </span>
                    ),
                  },
                  { name: "As it is", figure: true, cell: ({ income }) => <Money of={income} /> },
                  { name: "Without", figure: true, cell: ({ without: other }) => <Money of={other} /> },
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
