import { useQuery } from "@tanstack/react-query";
import { Collect } from "../actions/lazy.tsx";
import type { Amount, Schemas } from "../api/client.ts";
import { account, allocations, claims, csvUrl, earnings, fees, plan, statementLines } from "../api/questions.ts";
import { pluralize, formatCount } from "../format/amount.ts";
import { QueryResult, Loading } from "../parts/QueryResult.tsx";
import { Fact, Facts } from "../parts/figures/Facts.tsx";
import { FeeTable } from "../parts/lists/FeeTable.tsx";
import { AccountLink, AssetLink, FeeLink, ReleaseLink } from "../parts/links.tsx";
import { Money, Moneys } from "../parts/figures/Money.tsx";
import { Page, Section } from "../parts/frame/Page.tsx";
import { PagedList } from "../parts/lists/PagedList.tsx";
import { shortAddress } from "../parts/shortAddress.ts";
import { Table } from "../parts/lists/Table.tsx";
import { usePagedList } from "../parts/lists/usePagedList.ts";
import { When } from "../parts/figures/When.tsx";
import { href } from "../router.ts";
import { Shares } from "./AssetPage.tsx";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { linesToShow, sumByCurrency } from "./statement.ts";

export function AccountPage({ param }: { param: string }) {
  const address = param.toLowerCase();
  if (!/^0x[0-9a-f]{40}$/.test(address)) return <NotFoundPage />;
  return (
    <Page key={address} title={`Account ${shortAddress(address)}`} lead={<code>{address}</code>}>
      <Totals address={address} />
      <Section
        title="What it can have"
        about="What it earned waits in the ledger. Some of it still lies in releases that nobody has settled: anyone may settle them, as often as they like."
      >
        <AmountsDue address={address} />
        <Collect address={address} />
      </Section>
      <Section
        title="What it holds and earned"
        actions={<Csv path={`/v1/accounts/${address}/statement/lines`} name="statement" />}
      >
        <PagedList of={statementLines(address)}>{(rows) => <Statement rows={rows} />}</PagedList>
      </Section>
      <Section
        title="From whom, and along which path"
        about="Fee by fee, in the order of payment: what was paid, the way it took to an asset that this account has shares of, and the account's part. By the shares that it holds now."
        actions={<Csv path={`/v1/accounts/${address}/earnings`} name="earnings" />}
      >
        <PagedList of={earnings(address, { limit: 5 })}>{(rows) => <Earnings rows={rows} />}</PagedList>
      </Section>
      <Section title="What it got shares for">
        <PagedList of={allocations(address)} lines={3}>
          {(rows) => (
            <Table
              caption="What it got at registrations"
              rows={rows}
              keyOf={({ asset, role, shares }) => `${asset} ${role} ${shares}`}
              empty="It got no shares at a registration."
              columns={[
                { name: "Asset", cell: ({ asset, assetName }) => <AssetLink id={asset} name={assetName} /> },
                { name: "For", cell: ({ role }) => <span className="nowrap">{role}</span> },
                { name: "Shares", figure: true, cell: ({ shares }) => <Shares of={shares} /> },
              ]}
            />
          )}
        </PagedList>
      </Section>
      <div className="columns">
        <Section title="Claimed" actions={<Csv path="/v1/claims" name="claims" query={{ account: address }} />}>
          <PagedList of={claims({ account: address, limit: 10 })} lines={3}>
            {(rows) => (
              <Table
                caption="Claims, the newest first"
                rows={rows}
                keyOf={({ id }) => id}
                empty="It has claimed nothing yet."
                columns={[
                  { name: "When", cell: ({ claimed }) => <When at={claimed.timestamp} block={claimed.blockNumber} /> },
                  { name: "To", wide: true, cell: ({ toCredit }) => (toCredit ? "its credit" : "a wallet") },
                  { name: "Amount", figure: true, cell: ({ amount }) => <Money of={amount} /> },
                ]}
              />
            )}
          </PagedList>
        </Section>
        <Section title="Paid by it" actions={<a href={href("/fees", { payer: address })}>All of them</a>}>
          <PagedList of={fees({ payer: address, limit: 10 })} lines={3}>
            {(rows) => <FeeTable caption="Fees that it paid" rows={rows} empty="It has paid no fee." />}
          </PagedList>
        </Section>
      </div>
    </Page>
  );
}

function Csv({ path, name, query = {} }: { path: string; name: string; query?: Record<string, string> }) {
  return (
    <a href={csvUrl(path, query)} download={`${name}.csv`}>
      CSV
    </a>
  );
}

function Totals({ address }: { address: string }) {
  const lines = usePagedList(statementLines(address));
  const accountQuery = useQuery(account(address));
  return (
    <QueryResult of={lines} lines={3}>
      {({ pages }) => {
        const all = pages.flatMap(({ data }) => data);
        const assetsHeld = new Set(all.filter(({ shares }) => shares !== "0").map(({ asset }) => asset));
        return (
          <>
            {accountQuery.data?.data.known === false && (
              <p className="note">The ledger has never met this address: it holds, paid and earned nothing.</p>
            )}
            <Facts>
              <Fact name="Earned so far">
                <Moneys of={sumByCurrency(all, ({ earned }) => earned)} />
              </Fact>
              <Fact name="Of it claimed">
                <Moneys of={sumByCurrency(all, ({ claimed }) => claimed)} />
              </Fact>
              <Fact name="Shares of">{pluralize(assetsHeld.size, "asset")}</Fact>
              <Fact name="Credit in the ledger">
                <Moneys of={accountQuery.data?.data.credits ?? []} none="none" />
              </Fact>
            </Facts>
            {lines.hasNextPage && <p className="note">These are sums of the first {formatCount(all.length)} lines.</p>}
          </>
        );
      }}
    </QueryResult>
  );
}

/** Amounts that the account can have in each currency, now and after settling. */
function AmountsDue({ address }: { address: string }) {
  const query = useQuery(plan(address));
  const lines = usePagedList(statementLines(address));
  if (lines.data === undefined && !lines.error) return <Loading lines={5} />;
  const all = lines.data?.pages.flatMap(({ data }) => data) ?? [];
  const claimable = sumByCurrency(all, ({ claimableNow }) => claimableNow);
  return (
    <QueryResult of={query} lines={5}>
      {({ data: { plans } }) =>
        plans.length === 0 ? (
          <p className="empty">Nothing is owed to it, now or after settling.</p>
        ) : (
          <div className="owed">
            {plans.map((each) => (
              <AmountDue
                key={each.pays.currency.address}
                plan={each}
                now={claimable.find(({ currency }) => currency.address === each.pays.currency.address)}
              />
            ))}
          </div>
        )
      }
    </QueryResult>
  );
}

interface AmountDueProps {
  plan: Schemas["CurrencyPlan"];
  now: Amount | undefined;
}

/** Amount that the account can have in one currency, and the transactions that this takes. */
function AmountDue({ plan: { pays, settleCount, claimCount, calls }, now }: AmountDueProps) {
  const gas = calls.reduce((sum, call) => sum + call.gas, 0);
  return (
    <div>
      <p className="eyebrow">After settling</p>
      <p className="amount">
        <Money of={pays} />
      </p>
      <p>Claimable now: {now ? <Money of={now} /> : "nothing"}</p>
      <p className="quiet">
        It takes {pluralize(calls.length, "transaction")} and about {formatCount(gas)} gas:{" "}
        {settleCount > 0 && `${pluralize(settleCount, "release")} to settle, `}
        {pluralize(claimCount, "asset")} to claim for. Compare the gas, at the chain's price, with what it brings.
      </p>
    </div>
  );
}

function Statement({ rows }: { rows: readonly Schemas["StatementLine"][] }) {
  return (
    <Table
      caption="By asset and currency"
      rows={linesToShow(rows)}
      keyOf={({ asset, earned }) => `${asset}-${earned.currency.address}`}
      empty="It never held shares of anything."
      columns={[
        { name: "Asset", cell: ({ asset, assetName }) => <AssetLink id={asset} name={assetName} /> },
        { name: "Holds", figure: true, wide: true, cell: ({ shares }) => <Shares of={shares} /> },
        { name: "Earned", figure: true, cell: ({ earned }) => <Money of={earned} /> },
        { name: "Claimable now", figure: true, wide: true, cell: ({ claimableNow }) => <Money of={claimableNow} /> },
        {
          name: "After settling",
          figure: true,
          cell: ({ claimableAfterSettling }) => <Money of={claimableAfterSettling} />,
        },
      ]}
    />
  );
}

function Earnings({ rows }: { rows: readonly Schemas["Earning"][] }) {
  const parts = rows.flatMap(({ fee, parts: all }) => all.map((part) => ({ fee, part })));
  return (
    <Table
      caption="Earnings"
      rows={parts}
      keyOf={({ fee, part }) => `${fee.id} ${part.asset}`}
      empty="No fee has brought it anything yet."
      columns={[
        {
          name: "Paid",
          cell: ({ fee }) => (
            <FeeLink id={fee.id}>
              <Money of={fee.amount} />
            </FeeLink>
          ),
        },
        { name: "By", wide: true, cell: ({ fee }) => <AccountLink address={fee.payer} /> },
        { name: "Path", cell: ({ fee, part }) => <Path via={part.via} source={fee.assetName} asset={part} /> },
        { name: "Its part", figure: true, cell: ({ part }) => <Money of={part.due} /> },
      ]}
    />
  );
}

interface PathProps {
  /** Releases from the paid one to the asset's. */
  via: readonly number[];
  /** Name of the paid asset. */
  source: string | null;
  asset: { asset: number; assetName: string | null };
}

/** Path of money, from the asset back to the paid release. */
function Path({ via, source, asset }: PathProps) {
  const between = via.slice(1, -1);
  return (
    <ol className="path">
      <li>
        <AssetLink id={asset.asset} name={asset.assetName} />
      </li>
      {between.toReversed().map((id) => (
        <li key={id} className="wide">
          {" ← "}
          <ReleaseLink id={id} />
        </li>
      ))}
      {via.length > 1 && (
        <li>
          {" ← "}
          <ReleaseLink id={via[0] ?? 0} assetName={source} />
        </li>
      )}
    </ol>
  );
}
