import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Amount, Currency } from "../api/client.ts";
import { accountBoard, assetBoard, feeFlows, organizationFlows, type Period, releaseBoard } from "../api/questions.ts";
import { FlowPicture } from "../flow/FlowPicture.tsx";
import { dayPeriod } from "../flow/dayPeriod.ts";
import { shareholderFlow } from "../flow/shareholderFlow.ts";
import { organizationFlow } from "../flow/organizationFlow.ts";
import type { Flow } from "../flow/sankeyOf.ts";
import { QueryResult } from "../parts/QueryResult.tsx";
import { CurrencyChoice } from "../parts/figures/CurrencyChoice.tsx";
import { Fact, Facts } from "../parts/figures/Facts.tsx";
import { InFractions } from "../parts/figures/InFractions.tsx";
import { InCurrency } from "../parts/figures/InCurrency.tsx";
import { AccountLink, AssetLink, ReleaseLink } from "../parts/links.tsx";
import { Money } from "../parts/figures/Money.tsx";
import { Page, Section } from "../parts/frame/Page.tsx";
import { PagedList } from "../parts/lists/PagedList.tsx";
import { PayerTable } from "../parts/lists/PayerTable.tsx";
import { Table } from "../parts/lists/Table.tsx";
import { href, replaceWith, useRoute } from "../router.ts";

/** Number of pairs of organizations that are drawn. The others share a band. */
const MOST_PAIRS = 60;

/** Page of the fees of a period, traced backward. */
export function FlowPage() {
  const { query } = useRoute();
  const from = query.get("from") ?? "";
  const to = query.get("to") ?? "";
  const between = query.get("between") === "organizations" ? "organizations" : "shareholders";
  const period = dayPeriod(from, to);
  const show = (change: Record<string, string>) =>
    replaceWith(href("/flow", { from, to, ...(between === "organizations" && { between }), ...change }));
  return (
    <Page
      title="Flow"
      lead="All fees of a period: from their payers to the assets that keep a part and the accounts that hold shares, once everything is settled."
    >
      <form className="filters" aria-label="Filter fees" onSubmit={(event) => event.preventDefault()}>
        <CurrencyChoice />
        <label>
          <span>From</span>
          <input
            type="date"
            value={from}
            max={to || undefined}
            onChange={({ target }) => show({ from: target.value })}
          />
        </label>
        <label>
          <span>To</span>
          <input type="date" value={to} min={from || undefined} onChange={({ target }) => show({ to: target.value })} />
        </label>
        <label>
          <span>Between</span>
          <select value={between} onChange={({ target }) => show({ between: target.value })}>
            <option value="shareholders">payers and shareholders</option>
            <option value="organizations">organizations</option>
          </select>
        </label>
        {(from || to) && (
          <button type="button" onClick={() => show({ from: "", to: "" })}>
            All time
          </button>
        )}
      </form>
      <InCurrency lines={14}>
        {(currency) =>
          between === "shareholders" ? (
            <BetweenShareholders key={currency.address} currency={currency} period={period} />
          ) : (
            <BetweenOrganizations key={currency.address} currency={currency} period={period} />
          )
        }
      </InCurrency>
    </Page>
  );
}

interface PeriodProps {
  currency: Currency;
  period: Period;
}

/** Leaderboards of the period. They appear below the picture once its height is known. */
function Boards({ currency: { address }, period }: PeriodProps) {
  const hasPeriod = period.since !== undefined || period.until !== undefined;
  return (
    <div className="columns">
      <Section title="Payers">
        <PayerTable currency={address} period={period} empty="No fee was paid in this period." />
      </Section>
      <Section title="Releases">
        <PagedList of={releaseBoard(address, period)}>
          {(rows) => (
            <Table
              caption="Releases by what they receive after settling"
              rows={rows}
              keyOf={({ rank }) => rank}
              empty="No release receives anything from this period."
              columns={[
                {
                  name: "Release",
                  cell: ({ release, assetName }) => <ReleaseLink id={release} assetName={assetName} />,
                },
                { name: "Paid directly", figure: true, cell: ({ direct }) => <Money of={direct} /> },
                { name: "Received after settling", figure: true, cell: ({ received }) => <Money of={received} /> },
              ]}
            />
          )}
        </PagedList>
      </Section>
      <Section title="Assets">
        <PagedList of={assetBoard(address, period)}>
          {(rows) => (
            <Table
              caption="Assets by income after settling"
              rows={rows}
              keyOf={({ rank }) => rank}
              empty="No asset keeps a part of these fees."
              columns={[
                { name: "Asset", cell: ({ asset, assetName }) => <AssetLink id={asset} name={assetName} /> },
                { name: "Income after settling", figure: true, cell: ({ income }) => <Money of={income} /> },
              ]}
            />
          )}
        </PagedList>
      </Section>
      <Section title="Accounts" about={hasPeriod ? "Computed from the shares that the accounts hold now." : undefined}>
        <PagedList of={accountBoard(address, period)}>
          {(rows) => (
            <Table
              caption="Accounts by what they earn"
              rows={rows}
              keyOf={({ rank }) => rank}
              empty="No account earns from this period."
              columns={[
                { name: "Account", cell: ({ account }) => <AccountLink address={account} /> },
                { name: "Earned after settling", figure: true, cell: ({ income }) => <Money of={income} /> },
              ]}
            />
          )}
        </PagedList>
      </Section>
    </div>
  );
}

function BetweenShareholders({ currency, period }: PeriodProps) {
  const query = useQuery({ ...feeFlows(currency.address, period), placeholderData: keepPreviousData });
  return (
    <>
      <Section
        title="From payers to shareholders"
        about="From left to right: payers, the releases that they paid into, the assets that keep a part, and the accounts that hold shares now. The largest are named, the others are combined. Paid and kept amounts are exact. Amounts of shareholders are computed from the shares that they hold now."
      >
        <div className="flow-place" aria-busy={query.isPlaceholderData}>
          <QueryResult of={query} lines={12}>
            {({ data }) => (
              <FlowFigures
                of={data}
                flowOf={shareholderFlow}
                remainder={String(BigInt(data.pending.amount) + BigInt(data.fractions.amount))}
                caption="Fees from payers to shareholders"
              />
            )}
          </QueryResult>
        </div>
      </Section>
      {!query.isPending && <Boards currency={currency} period={period} />}
    </>
  );
}

function BetweenOrganizations({ currency, period }: PeriodProps) {
  const query = useQuery({
    ...organizationFlows(currency.address, { ...period, most: MOST_PAIRS }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <Section
        title="Between organizations"
        about="Left: organizations whose releases were paid. Right: organizations of the assets that keep a part. Names are as registered; nobody has checked them. Amounts are exact and include the commons' part."
      >
        <div className="flow-place" aria-busy={query.isPlaceholderData}>
          <QueryResult of={query} lines={12}>
            {({ data }) => (
              <FlowFigures
                of={data}
                flowOf={organizationFlow}
                remainder={data.pending.amount}
                caption="Fees between organizations"
              />
            )}
          </QueryResult>
        </div>
      </Section>
      {!query.isPending && <Boards currency={currency} period={period} />}
    </>
  );
}

interface FlowFiguresProps<Flows> {
  of: Flows;
  flowOf: (of: Flows) => Flow;
  /** The part of the fees that rounding leaves with nobody yet, in base units. */
  remainder: string;
  caption: string;
}

/** Totals of a period and the picture of its flow. */
function FlowFigures<Flows extends { paid: Amount }>(props: FlowFiguresProps<Flows>) {
  const { of, flowOf, remainder, caption } = props;
  const flow = useMemo(() => flowOf(of), [of, flowOf]);
  if (of.paid.amount === "0") return <p className="empty">Nothing was paid in this period.</p>;
  return (
    <>
      <Facts>
        <Fact name="Paid">
          <Money of={of.paid} />
        </Fact>
        <InFractions of={{ ...of.paid, amount: remainder }} />
      </Facts>
      <FlowPicture flow={flow} currency={of.paid.currency} caption={caption} />
    </>
  );
}
