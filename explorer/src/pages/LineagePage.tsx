import { useQueries, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useDeferredValue, useId, useMemo, useState } from "react";
import type { Schemas } from "../api/client.ts";
import { release } from "../api/questions.ts";
import { formatCount, formatPpm } from "../format/amount.ts";
import { plainText } from "../format/plainText.ts";
import { LineageDrawing } from "../lineage/LineageDrawing.tsx";
import { LineageTree } from "../lineage/LineageTree.tsx";
import { type Direction, type Neighbourhood, next, otherEnd, together } from "../lineage/neighbourhood.ts";
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
          lead="Money flows from left to right: at the right is what it was built from, at the left what is built on it. The thicker a line, the more flows along it once everything is settled."
        >
          <Lineage id={id} />
        </Page>
      )}
    </QueryResult>
  );
}

interface Asked {
  release: number;
  direction: Direction;
  depth: number;
  most: number;
}

interface PartAnswered extends Asked {
  answer: Schemas["Lineage"];
  complete: readonly number[];
}

/** What is there of the parts, put together. */
function combine(results: readonly UseQueryResult<PartAnswered>[]) {
  const parts = results.flatMap(({ data }) => (data ? [data] : []));
  const bad = results.find(({ error }) => error);
  return {
    of: together(parts),
    waiting: results.some(({ isPending }) => isPending),
    cut: parts.some(({ depth, answer }) => depth > 1 && answer.truncated),
    failed: bad?.error ? { error: bad.error, retry: bad.refetch } : undefined,
  };
}

function Lineage({ id }: { id: number }) {
  const { query } = useRoute();
  const { currency } = useCurrency();
  const depth = DEPTHS.find((each) => each === query.get("depth")) ?? "3";
  const most = MOST.find((each) => each === query.get("most")) ?? "300";
  const [expanded, setExpanded] = useState<readonly Asked[]>([]);
  const [selected, setSelected] = useState(id);
  const show = (change: Record<string, string>) =>
    replaceWith(href(`/releases/${id}/lineage`, { depth, most, ...change }));

  const asked: Asked[] = [
    ...DIRECTIONS.map((direction) => ({
      release: id,
      direction,
      depth: depth === "all" ? ALL_DEPTHS : Number(depth),
      most: Number(most) / 2,
    })),
    ...expanded,
  ];
  const { of, failed, waiting, cut } = useQueries({
    queries: asked.map((each) => ({
      // An economy has at least one currency.
      enabled: currency !== undefined,
      queryKey: ["lineage", currency?.address, each],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const answer = await readLineage({ ...each, currency: currency?.address }, signal);
        return { ...each, answer, complete: completeOf(each, answer) };
      },
    })),
    combine,
  });
  const { texts, found, find } = useFinding(of);

  const expand = (at: number, direction?: Direction) => {
    const more = DIRECTIONS.filter((each) => direction === undefined || each === direction)
      .filter((each) => !of.complete.has(`${each}-${at}`))
      .map((each) => ({ release: at, direction: each, depth: 1, most: 500 }));
    if (more.length > 0) setExpanded((before) => [...before, ...more]);
  };

  return (
    <>
      <form className="filters" aria-label="What to draw" onSubmit={(event) => event.preventDefault()}>
        <CurrencyChoice />
        <label>
          <span>Steps away</span>
          <select value={depth} onChange={({ target }) => show({ depth: target.value })}>
            {DEPTHS.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <label>
          <span>Releases at most</span>
          <select value={most} onChange={({ target }) => show({ most: target.value })}>
            {MOST.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <Find texts={texts} onFind={(text) => find(text, setSelected)} count={found.size} />
      </form>
      {failed && <Failure error={failed.error} retry={failed.retry} />}
      <div className="lineage">
        <div className="picture">
          <LineageDrawing
            of={of}
            focus={id}
            selected={selected}
            found={found}
            onSelect={setSelected}
            onExpand={(at) => expand(at)}
          />
          <p className="legend">
            <Kind of="dataset" /> <Kind of="model" /> <Kind of="agent" />
            <span role="status">
              {waiting
                ? "Loading…"
                : `${formatCount(of.nodes.size)} releases, ${formatCount(of.edges.size)} contributions${cut ? "; there are more beyond" : ""}`}
            </span>
          </p>
        </div>
        <Selected of={of} id={selected} focus={id} onExpand={expand} onSelect={setSelected} />
      </div>
      <div className="columns">
        {DIRECTIONS.map((direction) => (
          <Section key={direction} title={direction === "up" ? "Built from" : "Built on it"}>
            <LineageTree
              of={of}
              root={id}
              direction={direction}
              selected={selected}
              onSelect={setSelected}
              onExpand={expand}
            />
          </Section>
        ))}
      </div>
    </>
  );
}

/** Of which releases of an answer all that is next was answered, too: breadth first, the last ring may be cut. */
function completeOf({ depth, most }: Asked, { nodes, truncated }: Schemas["Lineage"]): number[] {
  const last = nodes.at(-1)?.depth ?? 0;
  const before = !truncated ? Infinity : nodes.length < most ? Math.min(last, depth) : last - 1;
  return nodes.filter((node) => node.depth < before).map((node) => node.release);
}

function useFinding(of: Neighbourhood) {
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const texts = useMemo(
    () => new Map([...of.nodes].map(([id, { assetName }]) => [id, `${plainText(assetName ?? "")} #${id}`])),
    [of],
  );
  const matching = (part: string) =>
    part === "" ? [] : [...texts].filter(([, each]) => each.toLowerCase().includes(part)).map(([id]) => id);
  return {
    texts,
    found: new Set(matching(wanted)),
    find(part: string, onFirst: (id: number) => void) {
      setText(part);
      const [first] = matching(part.trim().toLowerCase());
      if (first !== undefined) onFirst(first);
    },
  };
}

interface FindProps {
  texts: ReadonlyMap<number, string>;
  onFind: (text: string) => void;
  count: number;
}

const MOST_OFFERED = 200;

function Find({ texts, onFind, count }: FindProps) {
  const id = useId();
  const [text, setText] = useState("");
  return (
    <label className="grow">
      <span>
        Find in this drawing <span role="status">{text && `· ${formatCount(count)} found`}</span>
      </span>
      <input
        type="search"
        list={id}
        maxLength={100}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          onFind(target.value);
        }}
      />
      <datalist id={id}>
        {[...texts.values()].slice(0, MOST_OFFERED).map((each) => (
          <option key={each}>{each}</option>
        ))}
      </datalist>
    </label>
  );
}

interface SelectedProps {
  of: Neighbourhood;
  id: number;
  focus: number;
  onExpand: (id: number, direction?: Direction) => void;
  onSelect: (id: number) => void;
}

/** So many contributions of the selected release are told of. */
const TOLD = 6;

function Selected({ of, id, focus, onExpand, onSelect }: SelectedProps) {
  const node = of.nodes.get(id);
  if (!node) return <aside className="selected-release" aria-label="Selected release" />;
  const open = DIRECTIONS.filter((direction) => !of.complete.has(`${direction}-${id}`));
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
            Receives <Money of={node.received} />
          </p>
        )}
      </div>
      {DIRECTIONS.map((direction) => (
        <Ways key={direction} of={of} id={id} direction={direction} onSelect={onSelect} />
      ))}
      <p className="acts">
        {open.length > 0 && (
          <button type="button" onClick={() => onExpand(id)}>
            Expand
          </button>
        )}
        {id !== focus && (
          <a className="button" href={href(`/releases/${id}/lineage`)}>
            Its own lineage
          </a>
        )}
      </p>
    </aside>
  );
}

function Ways({ of, id, direction, onSelect }: Omit<SelectedProps, "focus" | "onExpand"> & { direction: Direction }) {
  const edges = next(of, id, direction);
  if (edges.length === 0) return null;
  return (
    <>
      <h3>{direction === "up" ? "Passes on to" : "Gets from"}</h3>
      <ul className="ways">
        {edges.slice(0, TOLD).map((edge) => {
          const other = otherEnd(edge, direction);
          const name = of.nodes.get(other);
          return (
            <li key={other}>
              <button type="button" className="plain" onClick={() => onSelect(other)}>
                <bdi>{name ? assetLabel(name.asset, name.assetName) : `release ${other}`}</bdi>{" "}
                <span className="id">#{other}</span>
              </button>
              <span className="how">
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
        {edges.length > TOLD && <li className="quiet">and {formatCount(edges.length - TOLD)} more</li>}
      </ul>
    </>
  );
}
