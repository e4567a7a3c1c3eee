import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Amount, Currency } from "../api/client.ts";
import { accountBoard, assetBoard, feeFlows, organizationFlows, type Period, releaseBoard } from "../api/questions.ts";
import { FlowPicture } from "../flow/FlowPicture.tsx";
import { dayPeriod } from "../flow/dayPeriod.ts";
import { peopleFlow } from "../flow/peopleFlow.ts";
import { organizationFlow } from "../flow/organizationFlow.ts";
import type { Flow } from "../flow/sankeyOf.ts";
import { QueryResult } from "../parts/QueryResult.tsx";
import { CurrencyChoice } from "../parts/figures/CurrencyChoice.tsx";
import { Fact, Facts } from "../parts/figures/Facts.tsx";
import { InCurrency } from "../parts/figures/InCurrency.tsx";
import { AccountLink, AssetLink, ReleaseLink } from "../parts/links.tsx";
import { Money } from "../parts/figures/Money.tsx";
import { Page, Section } from "../parts/frame/Page.tsx";
import { PagedList } from "../parts/lists/PagedList.tsx";
import { PayerTable } from "../parts/lists/PayerTable.tsx";
import { Table } from "../parts/lists/Table.tsx";
import { href, replaceWith, useRoute } from "../router.ts";

/** Most pairs of organizations that are drawn. The others share a band. */
const MOST_PAIRS = 60;

/** Page of the fees of a period, traced backward. */
export function FlowPage() {
  const { query } = useRoute();
  const from = query.get("from") ?? "";
  const to = query.get("to") ?? "";
  const between = query.get("between") === "organizations" ? "organizations" : "people";
  const period = dayPeriod(from, to);
  const show = (change: Record<string, string>) =>
    replaceWith(href("/flow", { from, to, ...(between === "organizations" && { between }), ...change }));
  return (
    <Page
      title="Flow"
      lead="All fees of a period, traced backward: who paid, for what, and who earns of it once everything is settled."
    >
      <form className="filters" aria-label="Which period" onSubmit={(event) => event.preventDefault()}>
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
            <option value="people">payers and people</option>
            <option value="organizations">organizations</option>
          </select>
        </label>
        {(from || to) && (
          <button type="button" onClick={() => show({ from: "", to: "" })}>
            From the beginning till now
          </button>
        )}
      </form>
      <InCurrency lines={14}>
        {(currency) =>
          between === "people" ? (
            <BetweenPeople key={currency.address} currency={currency} period={period} />
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

/** Leaderboards of the period. They are shown below the picture once its height is known. */
function Boards({ currency: { address }, period }: PeriodProps) {
  return (
    <div className="columns">
      <Section title="Who paid">
        <PayerTable currency={address} period={period} empty="Nobody." />
      </Section>
      <Section title="Through which releases">
        <PagedList of={releaseBoard(address, period)}>
          {(rows) => (
            <Table
              caption="Releases by what they receive"
              rows={rows}
              keyOf={({ rank }) => rank}
              empty="None."
              columns={[
                {
                  name: "Release",
                  cell: ({ release, assetName }) => <ReleaseLink id={release} assetName={assetName} />,
                },
                { name: "Paid to it", figure: true, cell: ({ direct }) => <Money of={direct} /> },
                { name: "Receives", figure: true, cell: ({ received }) => <Money of={received} /> },
              ]}
            />
          )}
        </PagedList>
      </Section>
      <Section title="To which assets">
        <PagedList of={assetBoard(address, period)}>
          {(rows) => (
            <Table
              caption="Assets by income"
              rows={rows}
              keyOf={({ rank }) => rank}
              empty="None."
              columns={[
                { name: "Asset", cell: ({ asset, assetName }) => <AssetLink id={asset} name={assetName} /> },
                { name: "Earns", figure: true, cell: ({ income }) => <Money of={income} /> },
              ]}
            />
          )}
        </PagedList>
      </Section>
      <Section title="To whom">
        <PagedList of={accountBoard(address, period)}>
          {(rows) => (
            <Table
              caption="Accounts by what they earn"
              rows={rows}
              keyOf={({ rank }) => rank}
              empty="Nobody."
              columns={[
                { name: "Account", cell: ({ account }) => <AccountLink address={account} /> },
                { name: "Earns", figure: true, cell: ({ income }) => <Money of={income} /> },
              ]}
            />
          )}
        </PagedList>
      </Section>
    </div>
  );
}

function BetweenPeople({ currency, period }: PeriodProps) {
  const query = useQuery({ ...feeFlows(currency.address, period), placeholderData: keepPreviousData });
  return (
    <>
      <Section
        title="From payers to people"
        about="Who paid, the releases that they paid, the assets that keep something of it, and whoever shares in these now. Those through which most goes are named. What is paid and kept is exact; what a person gets is by the shares of today."
      >
        <div className="flow-place" aria-busy={query.isPlaceholderData}>
          <QueryResult of={query} lines={12}>
            {({ data }) => (
              <FlowFigures
                of={data}
                flowOf={peopleFlow}
                fractions={String(BigInt(data.pending.amount) + BigInt(data.fractions.amount))}
                caption="Money from payers to people"
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
        about="At the left those whose releases were paid, at the right those whose assets earn of it, in their registrants' own words. Exact, the commons' part included."
      >
        <div className="flow-place" aria-busy={query.isPlaceholderData}>
          <QueryResult of={query} lines={12}>
            {({ data }) => (
              <FlowFigures
                of={data}
                flowOf={organizationFlow}
                fractions={data.pending.amount}
                caption="Money between organizations"
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
  /** In base units. */
  fractions: string;
  caption: string;
}

/** Totals of a period and the picture of its flow. */
function FlowFigures<Flows extends { paid: Amount }>(props: FlowFiguresProps<Flows>) {
  const { of, flowOf, fractions, caption } = props;
  const flow = useMemo(() => flowOf(of), [of, flowOf]);
  if (of.paid.amount === "0") return <p className="empty">Nothing was paid in this period.</p>;
  return (
    <>
      <Facts>
        <Fact name="Paid in the period">
          <Money of={of.paid} />
        </Fact>
        <Fact name="Fractions below a unit">
          <Money of={{ ...of.paid, amount: fractions }} />
        </Fact>
      </Facts>
      <FlowPicture flow={flow} currency={of.paid.currency} caption={caption} />
    </>
  );
}
