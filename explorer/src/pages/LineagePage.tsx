import { useQueries, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useDeferredValue, useId, useMemo, useState } from "react";
import type { Schemas } from "../api/client.ts";
import { release } from "../api/questions.ts";
import { formatCount, formatPpm, pluralize } from "../format/amount.ts";
import { searchForm, wordForm } from "#protocol/texts/nameForms.ts";
import { plainText } from "../format/plainText.ts";
import { completeReleases } from "../lineage/completeReleases.ts";
import { LineageDrawing } from "../lineage/LineageDrawing.tsx";
import { LineageTree } from "../lineage/LineageTree.tsx";
import { type Direction, mergeParts, neighbourEdges, type Neighbourhood, otherEnd } from "../lineage/neighbourhood.ts";
import { readLineage } from "../lineage/readLineage.ts";
import { QueryResult, Failure } from "../parts/QueryResult.tsx";
import { CurrencyChoice } from "../parts/figures/CurrencyChoice.tsx";
import { Kind } from "../parts/Kind.tsx";
import { AssetLink, assetLabel, ReleaseLink } from "../parts/links.tsx";
import { Money } from "../parts/figures/Money.tsx";
import { Page, Section } from "../parts/frame/Page.tsx";
import { useCurrency } from "../parts/figures/useCurrency.ts";
import { href, replaceWith, useRoute } from "../router.ts";

const DEPTHS = ["1", "2", "3", "5", "all"] as const;
const MOST = ["100", "300", "1000", "4000"] as const;
const ALL_DEPTHS = 1_000_000;
const DIRECTIONS = ["up", "down"] as const;

export function LineagePage({ param }: { param: string }) {
  const id = Number(param);
  const query = useQuery(release(id));
  return (
    <QueryResult of={query} lines={16}>
      {({ data }) => (
        <Page
          key={id}
          title={`Lineage of ${assetLabel(data.asset, data.assetName)}`}
          eyebrow={
            <>
              <ReleaseLink id={id} assetName={data.assetName} label={data.label} /> of{" "}
              <AssetLink id={data.asset} name={data.assetName} />
            </>
          }
          lead="Fees flow from left to right: descendants, built on this release, are on the left; ancestors, from which it was built, are on the right. A thicker line carries more money once everything is settled."
        >
          <Lineage id={id} />
        </Page>
      )}
    </QueryResult>
  );
}

/** A request for a part of the graph. */
interface PartRequest {
  release: number;
  direction: Direction;
  depth: number;
  most: number;
}

interface PartAnswer extends PartRequest {
  answer: Schemas["Lineage"];
  complete: readonly number[];
}

/** Combines the answers that have arrived. */
function combine(results: readonly UseQueryResult<PartAnswer>[]) {
  const parts = results.flatMap(({ data }) => (data ? [data] : []));
  const failure = results.find(({ error }) => error);
  return {
    neighbourhood: mergeParts(parts),
    isLoading: results.some(({ isPending }) => isPending),
    isTruncated: parts.some(({ depth, answer }) => depth > 1 && answer.truncated),
    failure: failure?.error ? { error: failure.error, retry: failure.refetch } : undefined,
  };
}

function Lineage({ id }: { id: number }) {
  const { query } = useRoute();
  const { currency } = useCurrency();
  const depth = DEPTHS.find((each) => each === query.get("depth")) ?? "3";
  const most = MOST.find((each) => each === query.get("most")) ?? "300";
  const [expansions, setExpansions] = useState<readonly PartRequest[]>([]);
  const [selectedId, setSelectedId] = useState(id);
  const show = (change: Record<string, string>) =>
    replaceWith(href(`/releases/${id}/lineage`, { depth, most, ...change }));

  const requests: PartRequest[] = [
    ...DIRECTIONS.map((direction) => ({
      release: id,
      direction,
      depth: depth === "all" ? ALL_DEPTHS : Number(depth),
      most: Number(most) / 2,
    })),
    ...expansions,
  ];
  const { neighbourhood, failure, isLoading, isTruncated } = useQueries({
    queries: requests.map((each) => ({
      // An economy has at least one currency.
      enabled: currency !== undefined,
      queryKey: ["lineage", currency?.address, each],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const answer = await readLineage({ ...each, currency: currency?.address }, signal);
        return { ...each, answer, complete: completeReleases(each, answer) };
      },
    })),
    combine,
  });
  const { texts, matches, find } = useSearch(neighbourhood);

  const expand = (at: number, direction?: Direction) => {
    const more = DIRECTIONS.filter((each) => direction === undefined || each === direction)
      .filter((each) => !neighbourhood.complete.has(`${each}-${at}`))
      .map((each) => ({ release: at, direction: each, depth: 1, most: 500 }));
    if (more.length > 0) setExpansions((before) => [...before, ...more]);
  };

  return (
    <>
      <form className="filters" aria-label="Drawing options" onSubmit={(event) => event.preventDefault()}>
        <CurrencyChoice />
        <label>
          <span>Depth</span>
          <select value={depth} onChange={({ target }) => show({ depth: target.value })}>
            {DEPTHS.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <label>
          <span>Maximum releases</span>
          <select value={most} onChange={({ target }) => show({ most: target.value })}>
            {MOST.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <SearchField texts={texts} onSearch={(text) => find(text, setSelectedId)} count={matches.size} />
      </form>
      {failure && <Failure error={failure.error} retry={failure.retry} />}
      <div className="lineage">
        <div>
          <LineageDrawing
            neighbourhood={neighbourhood}
            focusId={id}
            selectedId={selectedId}
            matches={matches}
            onSelect={setSelectedId}
            onExpand={(at) => expand(at)}
          />
          <p className="legend">
            <Kind of="dataset" /> <Kind of="model" /> <Kind of="agent" />
            <span role="status">
              {isLoading
                ? "Loading…"
                : `${formatCount(neighbourhood.nodes.size)} releases, ${formatCount(neighbourhood.edges.size)} contributions${isTruncated ? "; more exist beyond these limits" : ""}`}
            </span>
          </p>
        </div>
        <SelectedRelease
          neighbourhood={neighbourhood}
          id={selectedId}
          focusId={id}
          onExpand={expand}
          onSelect={setSelectedId}
        />
      </div>
      <div className="columns">
        {DIRECTIONS.map((direction) => (
          <Section
            key={direction}
            title={direction === "up" ? "Built from" : "Built on it"}
            about={
              direction === "up"
                ? "Each with its weight and the amount that passes on to it after settling."
                : "Each with its weight and the amount that it passes on after settling."
            }
          >
            <LineageTree
              neighbourhood={neighbourhood}
              rootId={id}
              direction={direction}
              selectedId={selectedId}
              onSelect={setSelectedId}
              onExpand={expand}
            />
          </Section>
        ))}
      </div>
    </>
  );
}

/** Searches the releases of a neighbourhood by their texts: name and id. */
function useSearch({ nodes }: Neighbourhood) {
  const [text, setText] = useState("");
  const pattern = useDeferredValue(text);
  const texts = useMemo(
    () => new Map([...nodes].map(([id, { assetName }]) => [id, `${plainText(assetName ?? "")} #${id}`])),
    [nodes],
  );
  const forms = useMemo(
    () => [...texts].map(([id, each]) => ({ id, words: wordForm(each), form: searchForm(each) })),
    [texts],
  );
  const idsWith = (part: string) => {
    const [words, form] = [wordForm(part), searchForm(part)];
    if (words === "") return [];
    // Only with its sign, a number is the beginning of an id.
    const isFound = (each: (typeof forms)[number]) =>
      each.words.includes(words) || (!words.includes("#") && each.form.includes(form));
    return forms.filter(isFound).map(({ id }) => id);
  };
  return {
    texts,
    matches: new Set(idsWith(pattern)),
    /** Sets the search text. Calls `onFirst` with the first match, if there is one. */
    find(part: string, onFirst: (id: number) => void) {
      setText(part);
      const [first] = idsWith(part);
      if (first !== undefined) onFirst(first);
    },
  };
}

interface SearchFieldProps {
  texts: ReadonlyMap<number, string>;
  onSearch: (text: string) => void;
  /** Number of matches. */
  count: number;
}

/** Number of texts that the field suggests. */
const MOST_SUGGESTIONS = 200;

function SearchField({ texts, onSearch, count }: SearchFieldProps) {
  const id = useId();
  const [text, setText] = useState("");
  return (
    <label className="grow">
      <span>
        Find in this drawing <span role="status">{text && `· ${pluralize(count, "match", "matches")}`}</span>
      </span>
      <input
        type="search"
        list={id}
        maxLength={100}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          onSearch(target.value);
        }}
      />
      <datalist id={id}>
        {[...texts.values()].slice(0, MOST_SUGGESTIONS).map((each) => (
          <option key={each}>{each}</option>
        ))}
      </datalist>
    </label>
  );
}

interface SelectedReleaseProps {
  neighbourhood: Neighbourhood;
  id: number;
  focusId: number;
  onExpand: (id: number, direction?: Direction) => void;
  onSelect: (id: number) => void;
}

/** Number of neighbours of the selected release that are listed in a direction. */
const MOST_NEIGHBOURS = 6;

/** Panel of the selected release and its nearest neighbours. */
function SelectedRelease({ neighbourhood, id, focusId, onExpand, onSelect }: SelectedReleaseProps) {
  const node = neighbourhood.nodes.get(id);
  if (!node) return <aside className="selected-release" aria-label="Selected release" />;
  const canExpand = DIRECTIONS.some((direction) => !neighbourhood.complete.has(`${direction}-${id}`));
  return (
    <aside className="selected-release" aria-label="Selected release">
      <div aria-live="polite">
        <p className="eyebrow">
          <Kind of={node.kind} />
        </p>
        <h2>
          <ReleaseLink id={id} assetName={node.assetName} />
        </h2>
        {node.received && (
          <p>
            Received after settling: <Money of={node.received} />
          </p>
        )}
      </div>
      {DIRECTIONS.map((direction) => (
        <Neighbours key={direction} neighbourhood={neighbourhood} id={id} direction={direction} onSelect={onSelect} />
      ))}
      <p className="release-actions">
        {canExpand && (
          <button type="button" onClick={() => onExpand(id)}>
            Show its neighbours
          </button>
        )}
        {id !== focusId && (
          <a className="button" href={href(`/releases/${id}/lineage`)}>
            View its lineage
          </a>
        )}
      </p>
    </aside>
  );
}

type NeighboursProps = Omit<SelectedReleaseProps, "focusId" | "onExpand"> & { direction: Direction };

function Neighbours({ neighbourhood, id, direction, onSelect }: NeighboursProps) {
  const edges = neighbourEdges(neighbourhood, id, direction);
  if (edges.length === 0) return null;
  return (
    <>
      <h3>{direction === "up" ? "Passes on after settling to" : "Receives after settling from"}</h3>
      <ul className="neighbours">
        {edges.slice(0, MOST_NEIGHBOURS).map((edge) => {
          const other = otherEnd(edge, direction);
          const node = neighbourhood.nodes.get(other);
          return (
            <li key={other}>
              <button type="button" className="plain" onClick={() => onSelect(other)}>
                <bdi>{node ? assetLabel(node.asset, node.assetName) : `release ${other}`}</bdi>{" "}
                <span className="id">#{other}</span>
              </button>
              <span className="edge-figures">
                {formatPpm(edge.weightPpm)}
                {edge.passed && (
                  <>
                    {" · "}
                    <Money of={edge.passed} />
                  </>
                )}
              </span>
            </li>
          );
        })}
        {edges.length > MOST_NEIGHBOURS && (
          <li className="quiet">and {formatCount(edges.length - MOST_NEIGHBOURS)} more</li>
        )}
      </ul>
    </>
  );
}
