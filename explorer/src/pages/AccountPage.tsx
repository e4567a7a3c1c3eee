import { useQuery } from "@tanstack/react-query";
import { addressFault } from "#protocol/address.ts";
import { Collect, TestMoneyLink } from "../actions/lazy.tsx";
import type { Schemas } from "../api/client.ts";
import {
  account,
  allocations,
  claims,
  csvUrl,
  earnings,
  fees,
  LARGEST_PAGE,
  statementLines,
} from "../api/questions.ts";
import { pluralize } from "../format/amount.ts";
import { QueryResult } from "../parts/QueryResult.tsx";
import { Detail, Fact, Facts } from "../parts/figures/Facts.tsx";
import { FeeTable } from "../parts/lists/FeeTable.tsx";
import { AccountLink, FeeLink, ReleaseLink, StrangersAsset } from "../parts/links.tsx";
import { Money, Moneys } from "../parts/figures/Money.tsx";
import { Page, Section } from "../parts/frame/Page.tsx";
import { NamedRelease } from "../parts/NamedRelease.tsx";
import { PagedList } from "../parts/lists/PagedList.tsx";
import { shortAddress } from "../parts/shortAddress.ts";
import { Table } from "../parts/lists/Table.tsx";
import { usePagedList } from "../parts/lists/usePagedList.ts";
import { When } from "../parts/figures/When.tsx";
import { href } from "../router.ts";
import { useIsOwn } from "../wallet/own.ts";
import { Shares } from "./AssetPage.tsx";
import { MisspeltAddressPage, NotFoundPage } from "./NotFoundPage.tsx";
import { OutletSection } from "./OutletSection.tsx";
import { AccountActions } from "./OwnerActions.tsx";
import { linesToShow, sumByCurrency } from "./statement.ts";

export function AccountPage({ param }: { param: string }) {
  const fault = addressFault(param);
  if (fault !== undefined) return fault === "checksum" ? <MisspeltAddressPage /> : <NotFoundPage />;
  return <KnownAccountPage address={param.toLowerCase()} />;
}

function KnownAccountPage({ address }: { address: string }) {
  const isOwn = useIsOwn(address);
  return (
    <Page key={address} title={`Account ${shortAddress(address)}`} lead={<code>{address}</code>}>
      <Totals address={address} />
      {isOwn && <AccountActions />}
      <OutletSection address={address} />
      <Section
        title="Claimable"
        about="Fees wait in the releases that received them. Settling passes them on, one step at a time; only then can they be claimed. Collecting does both. Anyone may settle."
        actions={<a href={href("/settle", { account: address })}>Settle only</a>}
      >
        <Collect address={address} />
      </Section>
      <Section
        title="Shares and earnings"
        about="Claimable after settling includes Claimable."
        actions={<Csv path={`/v1/accounts/${address}/statement/lines`} name="statement" />}
      >
        <PagedList of={statementLines(address)}>{(rows) => <Statement rows={rows} />}</PagedList>
      </Section>
      <Section
        title="Due by fee"
        about="Oldest fee first. Path: the strongest one. Due: what this account gets once everything is settled, by the shares that it holds now."
        actions={<Csv path={`/v1/accounts/${address}/earnings`} name="earnings" />}
      >
        <PagedList of={earnings(address, { limit: 5 })}>{(rows) => <Earnings rows={rows} />}</PagedList>
      </Section>
      <Section title="Shares allocated at registration">
        <PagedList of={allocations(address)} lines={3}>
          {(rows) => (
            <Table
              caption="Shares allocated to this account"
              rows={rows}
              keyOf={({ asset, role, shares }) => `${asset} ${role} ${shares}`}
              empty="No registration has allocated shares to this account."
              columns={[
                { name: "Asset", cell: ({ asset, assetName }) => <StrangersAsset id={asset} name={assetName} /> },
                { name: "Role", cell: ({ role }) => <span className="nowrap">{role}</span> },
                { name: "Shares", figure: true, cell: ({ shares }) => <Shares of={shares} /> },
              ]}
            />
          )}
        </PagedList>
      </Section>
      <div className="columns">
        <Section title="Claims" actions={<Csv path="/v1/claims" name="claims" query={{ account: address }} />}>
          <PagedList of={claims({ account: address, limit: 10 })} lines={3}>
            {(rows) => (
              <Table
                caption="Claims, newest first"
                rows={rows}
                keyOf={({ id }) => id}
                empty="This account has claimed nothing yet."
                columns={[
                  { name: "Time", cell: ({ claimed }) => <When at={claimed.timestamp} block={claimed.blockNumber} /> },
                  { name: "To", wide: true, cell: ({ toCredit }) => (toCredit ? "credit" : "wallet") },
                  { name: "Amount", figure: true, cell: ({ amount }) => <Money of={amount} /> },
                ]}
              />
            )}
          </PagedList>
        </Section>
        <Section title="Fees paid" actions={<a href={href("/fees", { payer: address })}>View all</a>}>
          <PagedList of={fees({ payer: address, limit: 10 })} lines={3}>
            {(rows) => (
              <FeeTable caption="Fees paid by this account" rows={rows} empty="This account has paid no fee." />
            )}
          </PagedList>
        </Section>
      </div>
    </Page>
  );
}

function Csv({ path, name, query = {} }: { path: string; name: string; query?: Record<string, string> }) {
  return (
    <a href={csvUrl(path, query)} download={`${name}.csv`}>
      CSV (first {LARGEST_PAGE})
    </a>
  );
}

/** Returns false for an inlet and an outlet: nobody signs for them, and anyone moves what they earn. */
const canSign = (of: Schemas["Account"] | undefined): boolean => of?.inletOf == null && of?.outletFor == null;

function Totals({ address }: { address: string }) {
  const lines = usePagedList(statementLines(address));
  const accountQuery = useQuery(account(address));
  const credits = accountQuery.data?.data.credits ?? [];
  return (
    <QueryResult of={lines} lines={3}>
      {({ pages }) => {
        const all = pages.flatMap(({ data }) => data);
        const assetsHeld = new Set(all.filter(({ shares }) => shares !== "0").map(({ asset }) => asset));
        return (
          <>
            {accountQuery.data?.data.known === false && (
              <p className="note">
                The ledger has no record of this address. It has no shares and no credit, and it has paid and earned
                nothing.
              </p>
            )}
            <Facts>
              <Fact name="Earned">
                <Moneys of={sumByCurrency(all, ({ earned }) => earned)} />
              </Fact>
              <Fact name="Claimed">
                <Moneys of={sumByCurrency(all, ({ claimed }) => claimed)} />
              </Fact>
              <Fact name="Holds shares of">{pluralize(assetsHeld.size, "asset")}</Fact>
              <Fact name="In credit">
                <Moneys of={credits} />
                {canSign(accountQuery.data?.data) && credits.some(({ amount }) => amount !== "0") && (
                  <Detail>the account can pay fees from it, or withdraw it</Detail>
                )}
              </Fact>
            </Facts>
            {accountQuery.data && canSign(accountQuery.data.data) && <TestMoneyLink address={address} />}
            {lines.hasNextPage && (
              <p className="note">These totals cover only the rows shown under “Shares and earnings”.</p>
            )}
          </>
        );
      }}
    </QueryResult>
  );
}

function Statement({ rows }: { rows: readonly Schemas["StatementLine"][] }) {
  return (
    <Table
      caption="By asset and currency"
      rows={linesToShow(rows)}
      keyOf={({ asset, earned }) => `${asset}-${earned.currency.address}`}
      empty="This account holds no shares and has earned nothing."
      columns={[
        { name: "Asset", cell: ({ asset, assetName }) => <StrangersAsset id={asset} name={assetName} /> },
        { name: "Shares", figure: true, wide: true, cell: ({ shares }) => <Shares of={shares} /> },
        { name: "Earned", figure: true, cell: ({ earned }) => <Money of={earned} /> },
        { name: "Claimable", figure: true, wide: true, cell: ({ claimableNow }) => <Money of={claimableNow} /> },
        {
          name: "Claimable after settling",
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
      caption="Due by fee"
      rows={parts}
      keyOf={({ fee, part }) => `${fee.id} ${part.asset}`}
      empty="No fee has reached an asset of which this account holds shares now."
      columns={[
        {
          name: "Fee",
          cell: ({ fee }) => (
            <FeeLink id={fee.id}>
              <Money of={fee.amount} />
            </FeeLink>
          ),
        },
        { name: "Payer", wide: true, cell: ({ fee }) => <AccountLink address={fee.payer} /> },
        { name: "Path", cell: ({ fee, part }) => <Path via={part.via} source={fee.assetName} asset={part} /> },
        { name: "Due", figure: true, cell: ({ part }) => <Money of={part.due} /> },
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

/** Path of money, from the paid release to the asset. */
function Path({ via, source, asset }: PathProps) {
  const between = via.slice(1, -1);
  return (
    <ol className="path">
      {via.length > 1 && (
        <li>
          <ReleaseLink id={via[0] ?? 0} assetName={source} byNumber />
          {" → "}
        </li>
      )}
      {between.map((id) => (
        <li key={id} className="wide">
          <NamedRelease id={id} byNumber />
          {" → "}
        </li>
      ))}
      <li>
        <StrangersAsset id={asset.asset} name={asset.assetName} />
      </li>
    </ol>
  );
}
