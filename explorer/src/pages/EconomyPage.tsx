import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Amount, Schemas } from "../api/client.ts";
import { type LiveEvent, useLive } from "../api/live.ts";
import {
  accountBoard,
  assetBoard,
  descriptions,
  economyHealth,
  fees,
  health,
  ledger,
  organizationBoard,
  organizationFlows,
} from "../api/questions.ts";
import { pluralize, formatCount, formatPpm, portion } from "../format/amount.ts";
import { plainText } from "../format/plainText.ts";
import { QueryResult } from "../parts/QueryResult.tsx";
import { BAR, Bar } from "../parts/figures/Bar.tsx";
import { CurrencyChoice } from "../parts/figures/CurrencyChoice.tsx";
import { Detail, Fact, Facts } from "../parts/figures/Facts.tsx";
import { VerificationStatus } from "../parts/frame/Footer.tsx";
import { InCurrency } from "../parts/figures/InCurrency.tsx";
import { AccountLink, AssetLink, FeeLink, ReleaseLink } from "../parts/links.tsx";
import { Money } from "../parts/figures/Money.tsx";
import { Page, Section } from "../parts/frame/Page.tsx";
import { PagedList } from "../parts/lists/PagedList.tsx";
import { Table } from "../parts/lists/Table.tsx";
import { Tip } from "../parts/Tip.tsx";
import { When } from "../parts/figures/When.tsx";
import { href } from "../router.ts";

export function EconomyPage() {
  return (
    <Page
      title="Economy"
      heading="What AI is built from, and where its fees go"
      lead="Datasets, models and agents are registered together with what they were built from. A fee that is paid into one of them flows back to everyone whose work it was built from."
    >
      <Sizes />
      <div className="totals-currency">
        <CurrencyChoice />
      </div>
      <div className="columns">
        <Section title="Live activity" actions={<a href={href("/fees")}>All fees</a>}>
          <Feed />
        </Section>
        <Section title="Top assets">
          <InCurrency>
            {({ address }) => (
              <PagedList of={assetBoard(address)} lines={10}>
                {(rows) => (
                  <Ranking
                    caption="Assets by income after settling"
                    subject="Asset"
                    figure="Income after settling"
                    rows={rows}
                    nameCell={(row) => <AssetLink id={row.asset} name={row.assetName} />}
                  />
                )}
              </PagedList>
            )}
          </InCurrency>
        </Section>
      </div>
      <Section
        title="Health"
        about="How income is spread, and where the money is. Hover or tap a figure's name for its definition."
      >
        <InCurrency>{({ address }) => <Health currency={address} />}</InCurrency>
      </Section>
      <Section
        title="Largest flows"
        about="Each row: an organization whose releases were paid, and another one whose assets keep a part of those fees. Names are as registered; nobody has checked them."
        actions={<a href={href("/flow", { between: "organizations" })}>View as a picture</a>}
      >
        <InCurrency>{({ address }) => <TopFlows currency={address} />}</InCurrency>
      </Section>
      <div className="columns">
        <Section title="Top organizations">
          <InCurrency>
            {({ address }) => (
              <PagedList of={organizationBoard(address)} lines={10}>
                {(rows) => (
                  <Ranking
                    caption="Organizations by the income of their assets"
                    subject="Organization"
                    figure="Income after settling"
                    rows={rows}
                    nameCell={({ organization }) => <OrganizationName of={organization} />}
                  />
                )}
              </PagedList>
            )}
          </InCurrency>
        </Section>
        <Section title="Top accounts" actions={<a href={href("/accounts")}>More accounts</a>}>
          <InCurrency>
            {({ address }) => (
              <PagedList of={accountBoard(address)} lines={10}>
                {(rows) => (
                  <Ranking
                    caption="Accounts by what they earn"
                    subject="Account"
                    figure="Earned after settling"
                    rows={rows}
                    nameCell={({ account }) => <AccountLink address={account} />}
                  />
                )}
              </PagedList>
            )}
          </InCurrency>
        </Section>
      </div>
      <Section title="State of the data">
        <IndexStatus />
      </Section>
    </Page>
  );
}

function OrganizationName({ of: { organization, asset } }: { of: Schemas["Organization"] }) {
  const name = plainText(organization ?? "", 40);
  if (organization === null || name === "") {
    return asset === null ? <>no organization named</> : <AssetLink id={asset} name={null} />;
  }
  return (
    <a href={href("/assets", { organization })}>
      <bdi>{name}</bdi>
    </a>
  );
}

interface RankingProps<Row> {
  caption: string;
  /** The name of the first column. */
  subject: string;
  /** The name of the column of amounts. */
  figure: string;
  rows: readonly Row[];
  nameCell: (row: Row) => ReactNode;
}

function Ranking<Row extends { rank: number; income: Schemas["Amount"] }>({
  caption,
  subject,
  figure,
  rows,
  nameCell,
}: RankingProps<Row>) {
  const most = rows[0]?.income.amount ?? "0";
  return (
    <Table
      caption={caption}
      rows={rows}
      keyOf={({ rank }) => rank}
      empty="No income yet."
      columns={[
        { name: subject, cell: nameCell },
        {
          name: BAR,
          wide: true,
          cell: ({ income }) => <Bar portion={portion(income.amount, most)} />,
        },
        { name: figure, figure: true, cell: ({ income }) => <Money of={income} /> },
      ]}
    />
  );
}

function Sizes() {
  const query = useQuery(ledger);
  return (
    <QueryResult of={query} lines={2}>
      {({ data }) => (
        <Facts>
          <Fact name="Assets">
            <a href={href("/assets")}>{formatCount(data.assets)}</a>
          </Fact>
          <Fact name="Releases">
            <a href={href("/releases")}>{formatCount(data.releases)}</a>
          </Fact>
          <Fact name="Contributions">{formatCount(data.contributions)}</Fact>
          <Fact name="Fees">
            <a href={href("/fees")}>{formatCount(data.fees)}</a>
          </Fact>
          <Fact name="Accounts">
            <a href={href("/accounts")}>{formatCount(data.accounts)}</a>
          </Fact>
        </Facts>
      )}
    </QueryResult>
  );
}

/** Events in the feed. */
const FEED_LENGTH = 8;

/** Feed of events as they happen, followed by the newest earlier fees. */
function Feed() {
  const { events } = useLive();
  const recent = useQuery({
    queryKey: ["fees", "newest"],
    queryFn: ({ signal }) => fees({ limit: FEED_LENGTH }).read({}, signal),
  });
  return (
    <QueryResult of={recent} lines={10}>
      {({ data }) => {
        const ids = new Set(events.map(({ data: { id } }) => id));
        const earlierFees = data.filter(({ id }) => !ids.has(id)).map((fee): LiveEvent => ({ type: "fee", data: fee }));
        const all = [...events, ...earlierFees].slice(0, FEED_LENGTH);
        if (all.length === 0) return <p className="empty">No activity yet.</p>;
        return (
          <ol className="feed" aria-label="Newest first">
            {all.map((event) => (
              <li key={event.data.id}>
                <FeedEvent event={event} />
              </li>
            ))}
          </ol>
        );
      }}
    </QueryResult>
  );
}

function FeedEvent({ event }: { event: LiveEvent }) {
  if (event.type === "fee") {
    const { id, release, assetName, payer, amount, paid } = event.data;
    return (
      <>
        <span>
          <AccountLink address={payer} /> paid into <ReleaseLink id={release} assetName={assetName} />
        </span>
        <FeeLink id={id}>
          <When at={paid.timestamp} brief />
        </FeeLink>
        <Money of={amount} />
      </>
    );
  }
  if (event.type === "claim") {
    const { account, amount, claimed } = event.data;
    return (
      <>
        <span>
          <AccountLink address={account} /> claimed
        </span>
        <When at={claimed.timestamp} brief />
        <Money of={amount} />
      </>
    );
  }
  const { releases, settled } = event.data;
  return (
    <>
      <span>
        {pluralize(releases.length, "release")} {releases.length === 1 ? "was" : "were"} settled
      </span>
      <When at={settled.timestamp} brief />
    </>
  );
}

function Health({ currency }: { currency: string }) {
  const query = useQuery(economyHealth(currency));
  return (
    <QueryResult of={query} lines={5}>
      {({ data }) => <HealthFigures of={data} />}
    </QueryResult>
  );
}

function HealthFigures({
  of: { accounts, organizations, liquidity, trapped, movedEdges },
}: {
  of: Schemas["EconomyHealth"];
}) {
  const { swept, unswept, fractionsOfReleases, fractionsOfAssets, fractionsOfHoldings } = trapped;
  const percent = (share: number | null) => (share === null ? "no data yet" : formatPpm(share * 1_000_000));
  return (
    <Facts>
      <Figure name="Participation density" of="Concentration.density">
        {round(accounts.density)} <Detail>accounts that earn: {formatCount(accounts.earners)}</Detail>
      </Figure>
      <Figure name="Concentration (HHI)" of="Concentration.hhi">
        {round(accounts.hhi)} <Detail>of accounts; of organizations: {round(organizations.hhi)}</Detail>
      </Figure>
      <Figure name="Nakamoto coefficient" of="Concentration.nakamoto">
        {formatCount(accounts.nakamoto)} <Detail>accounts; organizations: {formatCount(organizations.nakamoto)}</Detail>
      </Figure>
      <Figure name="Coordination liquidity" of="Liquidity.share" more="Liquidity.claimed">
        {percent(liquidity.share)}{" "}
        <Detail>claimed within {formatCount(Math.round(liquidity.within / 86_400))} days</Detail>
      </Figure>
      <Figure name="Contributions that moved money" of="MovedEdges.share" more="MovedEdges.moved">
        {percent(movedEdges.share)}{" "}
        <Detail>
          {formatCount(movedEdges.moved)} of {formatCount(movedEdges.edges)}
        </Detail>
      </Figure>
      <Figure name="Paid" of="TrappedValue.paid">
        <Money of={trapped.paid} />
      </Figure>
      <Figure name="Claimed" of="TrappedValue.claimed">
        <Money of={trapped.claimed} />
      </Figure>
      <Figure name="Unsettled" of="TrappedValue.unsettled">
        <Money of={trapped.unsettled} />
      </Figure>
      <Figure name="Claimable" of="TrappedValue.unclaimed">
        <Money of={trapped.unclaimed} />
      </Figure>
      <Figure
        name="For the commons"
        text="The commons' part of settled income: already swept plus not swept yet. The rest is in fractions."
      >
        <Money of={sum([swept, unswept])} />
      </Figure>
      <Figure
        name="In fractions"
        text="The rest of what was paid: less than one base unit at each release, asset and holding, until later fees complete it."
      >
        <Money of={sum([fractionsOfReleases, fractionsOfAssets, fractionsOfHoldings])} />
      </Figure>
    </Facts>
  );
}

/** Adds up amounts of the same currency. */
const sum = ([first, ...others]: readonly [Amount, ...Amount[]]): Amount => ({
  ...first,
  amount: String(others.reduce((total, { amount }) => total + BigInt(amount), BigInt(first.amount))),
});

const round = (value: number) => Number(value.toPrecision(4));

interface FigureProps {
  name: string;
  /** The API's figure, as `<shape>.<field>`. Its description is the definition. */
  of?: string;
  /** A second figure, whose description is added. */
  more?: string;
  /** The definition of a figure that the API does not have. */
  text?: string;
  children: ReactNode;
}

/** Figure whose name shows its definition as a tooltip. */
function Figure({ name, of, more, text, children }: FigureProps) {
  // The descriptions are in a large document, so they are loaded on demand.
  const [enabled, setEnabled] = useState(false);
  const { data } = useQuery({ ...descriptions, enabled });
  const described = [of, more].map((each) => {
    const [shape = "", field = ""] = (each ?? "").split(".");
    const schema = data?.[shape]?.properties?.[field];
    return schema?.description ?? schema?.anyOf?.[0]?.description;
  });
  return (
    <Fact
      name={
        <Tip
          text={text ?? (described.filter(Boolean).join(" ") || "Loading the definition…")}
          onShow={() => setEnabled(text === undefined)}
        >
          {name}
        </Tip>
      }
    >
      {children}
    </Fact>
  );
}

/** Number of pairs to read in order to find the largest ones between two different organizations. */
const PAIRS = 100;
const TOP = 10;

function TopFlows({ currency }: { currency: string }) {
  const query = useQuery(organizationFlows(currency, { most: PAIRS }));
  return (
    <QueryResult of={query} lines={10}>
      {({ data }) => {
        const isBetweenTwo = ({ from, to }: Schemas["OrganizationFlow"]) =>
          from.organization !== to.organization || from.asset !== to.asset;
        const flows = data.flows.filter(isBetweenTwo).slice(0, TOP);
        return (
          <Table
            caption="Parts of fees between organizations, largest first"
            rows={flows}
            keyOf={({ from, to }) => JSON.stringify([from, to])}
            empty="No fee has reached another organization yet."
            columns={[
              { name: "Paid organization", cell: ({ from }) => <OrganizationName of={from} /> },
              { name: "Receiving organization", cell: ({ to }) => <OrganizationName of={to} /> },
              {
                name: BAR,
                wide: true,
                cell: ({ amount }) => <Bar portion={portion(amount.amount, flows[0]?.amount.amount ?? "0")} />,
              },
              { name: "Amount", figure: true, cell: ({ amount }) => <Money of={amount} /> },
            ]}
          />
        );
      }}
    </QueryResult>
  );
}

const STATUS_NAMES: Readonly<Record<Schemas["Health"]["status"], string>> = {
  ready: "up to date",
  syncing: "reading new blocks",
  stuck: "waiting for a problem to be mended",
  failed: "stopped",
};

/** State of the index: the blocks that it has read, and its last comparison with the contracts. */
function IndexStatus() {
  const query = useQuery(health);
  const { reorgs } = useLive();
  return (
    <QueryResult of={query} lines={3}>
      {({ status, block, head, final, verification, ledger: address, lastError, problems }) => (
        <>
          <Facts>
            <Fact name="Indexed up to block">
              {block ? (
                <>
                  {formatCount(Number(block.number))}{" "}
                  <Detail>
                    <When at={block.timestamp} />
                  </Detail>
                </>
              ) : (
                "none yet"
              )}
            </Fact>
            <Fact name="Head of the chain">{head === null ? "unknown" : formatCount(Number(head))}</Fact>
            <Fact name="Final up to block">
              {final === null ? "unknown" : formatCount(Number(final.number))}{" "}
              <Detail>later blocks are not final: the chain can still take them back</Detail>
            </Fact>
            <Fact name="Indexer">{STATUS_NAMES[status]}</Fact>
            <Fact name="Verification">
              <VerificationStatus of={verification} />
            </Fact>
            <Fact name="Times that the chain took blocks back">
              {formatCount(reorgs)} <Detail>while this page was open</Detail>
            </Fact>
            <Fact name="Ledger contract">
              <code>{address}</code>
            </Fact>
          </Facts>
          {problems.map(({ code, endpoints, message }) => (
            <p className="note warn" key={`${code} ${endpoints.join()}`}>
              {plainText(message, 600)}
            </p>
          ))}
          {lastError && problems.length === 0 && (
            <p className="note warn">Last error of the node: {plainText(lastError, 200)}</p>
          )}
        </>
      )}
    </QueryResult>
  );
}
