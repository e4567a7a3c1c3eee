import { useState } from "react";
import type { Schemas } from "../api/client.ts";
import { leftOut, type PlanListQuery, plannedClaims } from "../api/questions.ts";
import { pluralize } from "../format/amount.ts";
import { plainText } from "../format/plainText.ts";
import { Detail } from "../parts/figures/Facts.tsx";
import { Money } from "../parts/figures/Money.tsx";
import { PagedList } from "../parts/lists/PagedList.tsx";
import { Table } from "../parts/lists/Table.tsx";

interface PlanDetailsProps {
  address: string;
  plan: Schemas["CurrencyPlan"];
  /** The query of the plan. Default: none. */
  query?: PlanListQuery;
}

/** Assets of a claim plan whose shares came unasked. Their names are text and no links: anyone can write anything. */
export function Gifts({ address, plan: { giftCount, pays }, query }: PlanDetailsProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="gifts" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{pluralize(giftCount, "asset")} given unasked, as far as events tell</summary>
      {isOpen && (
        <PagedList of={plannedClaims(address, pays.currency.address, query)} lines={3}>
          {(rows) => (
            <Table
              caption="Assets whose shares came unasked"
              rows={rows.filter(({ gift }) => gift)}
              keyOf={({ asset }) => String(asset)}
              empty="None of these rows is a gift."
              columns={[
                { name: "Asset", cell: ({ asset, assetName }) => <UnknownName asset={asset} name={assetName} /> },
                { name: "Brings", figure: true, cell: ({ amount }) => <Money of={amount} /> },
              ]}
            />
          )}
        </PagedList>
      )}
    </details>
  );
}

const REASONS: Record<Schemas["LeftOut"]["reason"], string> = {
  gas: "less than its gas costs",
  average: "less than 1 % of the average for its gas",
  transaction: "less than a transaction costs",
};

/** Assets and releases that a claim plan leaves out, with the reasons. */
export function LeftOut({ address, plan: { leftOutCount, pays }, query }: PlanDetailsProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="left-out" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        {leftOutCount === 1 ? "1 asset or release is" : `${pluralize(leftOutCount, "asset")} and releases are`} left
        out: not worth the gas
      </summary>
      {isOpen && (
        <PagedList of={leftOut(address, pays.currency.address, query)} lines={3}>
          {(rows) => (
            <Table
              caption="Left out of the claim plan"
              rows={rows}
              keyOf={({ asset, release }) => `${asset}-${release}`}
              empty="Nothing is left out."
              columns={[
                {
                  name: "Asset",
                  cell: ({ asset, assetName, release, gift, gas, reason }) => (
                    <>
                      <UnknownName asset={asset} name={assetName} />
                      <Detail>
                        {release !== null && `release ${release}; `}
                        {gift && "given unasked; "}
                        {gas.toLocaleString("en")} gas: {REASONS[reason]}
                      </Detail>
                    </>
                  ),
                },
                { name: "Would bring", figure: true, cell: ({ amount }) => <Money of={amount} /> },
              ]}
            />
          )}
        </PagedList>
      )}
    </details>
  );
}

/** Number and name of an asset that the account may not know, as text. */
function UnknownName({ asset, name }: { asset: number; name: string | null }) {
  return (
    <>
      #{asset} <bdi>{plainText(name ?? "")}</bdi>
    </>
  );
}
