import { useEffect, useState } from "react";
import type { KindName } from "../api/client.ts";
import { assets } from "../api/questions.ts";
import { plainText } from "../format/plainText.ts";
import { Kind } from "../parts/Kind.tsx";
import { AccountLink, AssetLink } from "../parts/links.tsx";
import { Page } from "../parts/frame/Page.tsx";
import { PagedList } from "../parts/lists/PagedList.tsx";
import { Table } from "../parts/lists/Table.tsx";
import { href, replaceWith, useRoute } from "../router.ts";

const KINDS: readonly KindName[] = ["dataset", "model", "agent"];
/** Pause in typing after which a search is sent. */
const TYPING_PAUSE_MS = 250;

export function AssetsPage() {
  const { query } = useRoute();
  const searchInUrl = query.get("search") ?? "";
  const kind = KINDS.find((each) => each === query.get("kind"));
  const organization = query.get("organization") ?? undefined;
  const byName = query.get("orderBy") === "name";
  const [search, setSearch] = useState(searchInUrl);
  const [lastSearch, setLastSearch] = useState(searchInUrl);
  if (lastSearch !== searchInUrl) {
    setLastSearch(searchInUrl);
    setSearch(searchInUrl);
  }
  const filters = { kind, organization, ...(byName && { orderBy: "name" }) };
  const show = (change: Record<string, string | undefined>) =>
    replaceWith(href("/assets", { search: searchInUrl, ...filters, ...change }));
  useEffect(() => {
    if (search === searchInUrl) return;
    const timer = setTimeout(() => show({ search }), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  });

  return (
    <Page
      title="Assets"
      lead={
        <>
          Datasets, models and agents. <a href={href("/register")}>Register an asset</a>
        </>
      }
    >
      <form className="filters" role="search" aria-label="Filter assets" onSubmit={(event) => event.preventDefault()}>
        <label className="grow">
          <span>Name or organization</span>
          <input type="search" value={search} maxLength={200} onChange={({ target }) => setSearch(target.value)} />
        </label>
        <label>
          <span>Kind</span>
          <select value={kind ?? ""} onChange={({ target }) => show({ kind: target.value })}>
            <option value="">All</option>
            {KINDS.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <label>
          <span>Order</span>
          <select value={byName ? "name" : ""} onChange={({ target }) => show({ orderBy: target.value })}>
            <option value="">Oldest first</option>
            <option value="name">Name</option>
          </select>
        </label>
        {organization !== undefined && (
          <button type="button" onClick={() => show({ organization: undefined })}>
            Organization: <bdi>{plainText(organization, 40)}</bdi> ✕
          </button>
        )}
      </form>
      <PagedList
        of={assets({
          limit: 50,
          ...(searchInUrl && { search: searchInUrl }),
          ...(kind && { kind }),
          ...(organization && { organization }),
          ...(byName && { orderBy: "name" as const }),
        })}
        lines={20}
      >
        {(rows) => (
          <Table
            caption="Assets"
            rows={rows}
            keyOf={({ id }) => id}
            empty={
              searchInUrl
                ? `No asset's name or organization contains “${plainText(searchInUrl)}”.${releaseHint(searchInUrl)}`
                : kind || organization
                  ? "No asset matches these filters."
                  : "No asset is registered yet."
            }
            columns={[
              { name: "Asset", cell: (row) => <AssetLink {...row} /> },
              { name: "Kind", cell: ({ kind: each }) => <Kind of={each} />, wide: true },
              { name: "Organization", cell: ({ organization: of }) => <Organization of={of} /> },
              { name: "Owner", cell: ({ owner }) => <AccountLink address={owner} />, wide: true },
              {
                name: "Newest release",
                figure: true,
                cell: ({ releases }) => {
                  const newest = releases.at(-1);
                  return newest === undefined ? "none" : <a href={href(`/releases/${newest}`)}>#{newest}</a>;
                },
              },
            ]}
          />
        )}
      </PagedList>
    </Page>
  );
}

/** Returns how to open a release if a search is only its id. */
function releaseHint(search: string): string {
  const id = search.trim();
  return /^\d{1,15}$/.test(id) ? ` To open release ${id}, search for #${id} at the top of the page.` : "";
}

/** Link to the assets of an organization, whose name anyone may have written. */
export function Organization({ of }: { of: string | null }) {
  if (of === null || plainText(of) === "") return <span className="quiet">no organization named</span>;
  return (
    <a href={href("/assets", { organization: of })}>
      <bdi>{plainText(of, 40)}</bdi>
    </a>
  );
}
