import { useQuery } from "@tanstack/react-query";
import type { Schemas } from "../api/client.ts";
import { asset, assetReleases, fees, shareholders } from "../api/questions.ts";
import { formatCount, formatPpm } from "../format/amount.ts";
import { readMetadata } from "../format/metadata.ts";
import { plainText } from "../format/plainText.ts";
import { safeLink } from "../format/safeLink.ts";
import { QueryResult, untilKnown } from "../parts/QueryResult.tsx";
import { IncomeChart } from "../flow/IncomeChart.tsx";
import { CurrencyChoice } from "../parts/figures/CurrencyChoice.tsx";
import { BAR, Bar } from "../parts/figures/Bar.tsx";
import { Detail, Fact, Facts } from "../parts/figures/Facts.tsx";
import { FeeTable } from "../parts/lists/FeeTable.tsx";
import { Kind } from "../parts/Kind.tsx";
import { AccountLink, assetLabel, ReleaseLink } from "../parts/links.tsx";
import { Moneys } from "../parts/figures/Money.tsx";
import { Page, Section } from "../parts/frame/Page.tsx";
import { PagedList } from "../parts/lists/PagedList.tsx";
import { Table } from "../parts/lists/Table.tsx";
import { When } from "../parts/figures/When.tsx";
import { href } from "../router.ts";
import { useHoldsShares, useIsOwn } from "../wallet/own.ts";
import { Organization } from "./AssetsPage.tsx";
import { AssetOwnerActions } from "./OwnerActions.tsx";
import { TOTAL_SHARES } from "#protocol/limits.ts";

const ALL_SHARES = Number(TOTAL_SHARES);
/** The most releases of an asset that one link settles, the newest ones. */
const MOST_SETTLED = 50;

export function AssetPage({ param }: { param: string }) {
  const id = Number(param);
  const query = useQuery(asset(id));
  const isHolder = useHoldsShares(id);
  return (
    <QueryResult of={isHolder === undefined ? untilKnown(query) : query} lines={16}>
      {({ data }) => (
        <Page
          key={id}
          title={assetLabel(id, data.name)}
          eyebrow={
            <>
              <Kind of={data.kind} /> · <Organization of={data.organization} />
            </>
          }
          lead={<Description metadata={data.metadata} />}
        >
          <AssetBody of={data} isHolder={isHolder ?? false} />
        </Page>
      )}
    </QueryResult>
  );
}

function AssetBody({ of, isHolder }: { of: Schemas["Asset"]; isHolder: boolean }) {
  const { id } = of;
  const isOwner = useIsOwn(of.owner);
  const newest = of.releases.at(-1);
  return (
    <>
      <Facts>
        <Fact name="Income after settling">
          <Moneys of={of.income.map(({ afterSettling }) => afterSettling)} />
        </Fact>
        <Fact name="Income so far">
          <Moneys of={of.income.map(({ settled }) => settled)} />
        </Fact>
        <Fact name="Owner">
          <AccountLink address={of.owner} />
        </Fact>
        <Fact name="Registered">
          <When at={of.registered.timestamp} block={of.registered.blockNumber} />
        </Fact>
        <Fact name="Keep">
          {formatPpm(of.keepPpm)} <Detail>promised: each release keeps at least this</Detail>
        </Fact>
      </Facts>
      {newest !== undefined && (
        <p className="button-row">
          <a className="button primary" href={href(`/pay/${newest}`)}>
            Pay into the newest release
          </a>
          <a className="button" href={href(`/releases/${newest}/lineage`)}>
            View lineage
          </a>
        </p>
      )}
      {isOwner && <AssetOwnerActions of={of} />}
      <Section
        title="Income over time"
        about="What the fees paid in each interval bring, once everything is settled."
        actions={<CurrencyChoice />}
      >
        <IncomeChart asset={id} since={of.registered.timestamp} />
      </Section>
      <Section
        title="Releases"
        actions={
          of.releases.length > 0 && <a href={href(`/settle/${of.releases.slice(-MOST_SETTLED).join(",")}`)}>Settle</a>
        }
      >
        <PagedList of={assetReleases(id)}>
          {(rows) => (
            <Table
              caption="Releases, newest first"
              rows={rows}
              keyOf={({ id: each }) => each}
              columns={[
                { name: "Release", cell: (row) => <ReleaseLink {...row} /> },
                { name: "Contributions", figure: true, cell: ({ contributions }) => formatCount(contributions.length) },
                { name: "Own weight", figure: true, cell: ({ ownWeightPpm }) => formatPpm(ownWeightPpm) },
                {
                  name: "Published",
                  figure: true,
                  wide: true,
                  cell: ({ published }) => <When at={published.timestamp} />,
                },
              ]}
            />
          )}
        </PagedList>
      </Section>
      <Section
        title="Shareholders"
        about="Income goes to the accounts that hold shares when it is settled."
        actions={isHolder && <a href={href(`/transfer/${id}`)}>Transfer shares</a>}
      >
        <PagedList of={shareholders(id)} lines={4}>
          {(rows) => (
            <Table
              caption="Accounts that hold shares"
              rows={rows}
              keyOf={({ account }) => account}
              empty="No account holds shares of this asset."
              columns={[
                { name: "Account", cell: ({ account }) => <AccountLink address={account} /> },
                {
                  name: "Role",
                  wide: true,
                  cell: ({ account }) => rolesOf(of.allocations, account) || <span className="quiet">none</span>,
                },
                { name: BAR, wide: true, cell: ({ shares }) => <Bar portion={Number(shares) / ALL_SHARES} /> },
                { name: "Shares", figure: true, cell: ({ shares }) => <Shares of={shares} /> },
              ]}
            />
          )}
        </PagedList>
      </Section>
      <Section title="Fees paid directly" actions={<a href={href("/fees", { asset: id })}>View all</a>}>
        <PagedList of={fees({ asset: id, limit: 10 })}>
          {(rows) => (
            <FeeTable
              caption="Fees paid into releases of this asset"
              rows={rows}
              empty="No fee was paid into a release of this asset."
            />
          )}
        </PagedList>
      </Section>
      <MetadataSection text={of.metadata} bytes={of.metadataBytes} digest={of.metadataDigest} />
    </>
  );
}

const rolesOf = (allocations: readonly Schemas["Allocation"][], account: string) =>
  allocations
    .filter((each) => each.account === account)
    .map(({ role }) => role)
    .join(", ");

/** Shares of an asset as a percentage. */
export function Shares({ of }: { of: string }) {
  return <span title={`${formatCount(Number(of))} of ${formatCount(ALL_SHARES)}`}>{formatPpm(Number(of) / 100)}</span>;
}

function Description({ metadata }: { metadata: string }) {
  const text = plainText(readMetadata(metadata)?.description ?? "", 400);
  return text ? <bdi>{text}</bdi> : null;
}

/** Metadata from the owner, shown as text only. No part of it is run, loaded or shown as a picture. */
function MetadataSection({ text, bytes, digest }: { text: string; bytes: string | null; digest: string }) {
  const metadata = readMetadata(text);
  return (
    <Section title="Metadata" about="Written by the asset's owner. Nobody has checked it.">
      {metadata && metadata.lines.length > 0 && (
        <Facts>
          {metadata.lines.map(({ name, value }) => (
            <Fact key={name} name={<bdi>{plainText(name, 40)}</bdi>}>
              <UserText text={value} />
            </Fact>
          ))}
        </Facts>
      )}
      <details>
        <summary>On-chain record{metadata ? "" : " (not a JSON object)"}</summary>
        <pre className="recorded">
          <bdi>{text}</bdi>
        </pre>
        {bytes != null && (
          <p className="quiet">
            The bytes on chain are not exactly this text: <code>{bytes}</code>
          </p>
        )}
        <p className="quiet">SHA-256 {digest}</p>
      </details>
    </Section>
  );
}

/** Text that anyone may have written, as a link if it is a safe one. */
export function UserText({ text }: { text: string }) {
  const link = safeLink(text);
  const line = <bdi>{plainText(text, 200)}</bdi>;
  if (link === undefined) return line;
  return (
    <a href={link} rel="noopener noreferrer nofollow ugc" target="_blank">
      {line}
    </a>
  );
}
