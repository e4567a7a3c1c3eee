import { useMemo, useState } from "react";
import type { Amount, Currency } from "../api/client.ts";
import { formatBase, pluralize } from "../format/amount.ts";
import { Money } from "../parts/figures/Money.tsx";
import { moneyTitle } from "../parts/figures/moneyText.ts";
import { Table } from "../parts/lists/Table.tsx";
import { useWidth } from "../parts/useWidth.ts";
import { href } from "../router.ts";
import { type Flow, type FlowNode, sankeyOf } from "./sankeyOf.ts";

interface FlowPictureProps {
  flow: Flow;
  currency: Currency;
  caption: string;
}

/** Minimum width in pixels. On a narrower page the picture scrolls. */
const NARROWEST = 640;

/** Picture of money as bands from left to right. The table below it lists each band with its exact amount. */
export function FlowPicture({ flow, currency, caption }: FlowPictureProps) {
  const [width, box] = useWidth<HTMLDivElement>();
  const [highlight, setHighlight] = useState<string>();
  const picture = useMemo(() => sankeyOf(flow, Math.max(NARROWEST, width)), [flow, width]);
  const amountOf = (amount: bigint): Amount => ({ amount: String(amount), currency });
  const names = new Map(flow.nodes.map((node) => [node.id, node]));
  const label = (id: string) => names.get(id)?.name ?? id;
  const isDimmed = (from: string, to: string) => highlight !== undefined && highlight !== from && highlight !== to;

  return (
    <>
      <div
        className="flow"
        ref={box}
        role="region"
        aria-label={`Picture: ${caption}`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard scrolls it, too
        tabIndex={0}
        style={{ minBlockSize: picture.height }}
      >
        {width > 0 && (
          <svg
            width={picture.width}
            height={picture.height}
            role="img"
            aria-label={`${caption}: ${picture.bands.length} bands; the table below lists all of them`}
          >
            <g className="bands">
              {picture.bands.map((band) => (
                <path
                  key={`${band.from} ${band.to}`}
                  d={band.path}
                  strokeWidth={band.thickness}
                  className={isDimmed(band.from, band.to) ? "dimmed" : names.get(band.to)?.kind}
                >
                  <title>{`${label(band.from)} → ${label(band.to)}: ${moneyTitle(amountOf(band.amount))}`}</title>
                </path>
              ))}
            </g>
            {picture.nodes.map((node) => (
              <g
                key={node.id}
                onMouseEnter={() => setHighlight(node.id)}
                onMouseLeave={() => setHighlight(undefined)}
                className={`flow-node ${node.kind}`}
              >
                <title>{`${node.name}: ${moneyTitle(amountOf(node.amount))}`}</title>
                <rect
                  x={node.left}
                  y={node.top}
                  width={node.right - node.left}
                  height={Math.max(1, node.bottom - node.top)}
                />
                <text x={node.right + 6} y={(node.top + node.bottom) / 2} dy="0.35em">
                  {node.label}
                </text>
              </g>
            ))}
          </svg>
        )}
      </div>
      <details>
        <summary>Show as a table: {pluralize(picture.bands.length, "row")}</summary>
        <Table
          caption={caption}
          rows={picture.bands}
          keyOf={({ from, to }) => `${from} ${to}`}
          columns={[
            { name: "From", cell: ({ from }) => <NodeName node={names.get(from)} /> },
            { name: "To", cell: ({ to }) => <NodeName node={names.get(to)} /> },
            { name: "Amount", figure: true, cell: ({ amount }) => <Money of={amountOf(amount)} /> },
            { name: "Base units", figure: true, wide: true, cell: ({ amount }) => formatBase(String(amount)) },
          ]}
        />
      </details>
    </>
  );
}

/** Names of the kinds that the table shows beside the names of nodes. */
const KIND_NAMES: Partial<Record<FlowNode["kind"], string>> = {
  payer: "payer",
  release: "release",
  asset: "asset",
  shareholder: "shareholder",
};

function NodeName({ node }: { node: FlowNode | undefined }) {
  if (!node) return null;
  const name = (
    <>
      <bdi>{node.name}</bdi> {node.to !== undefined && <span className="quiet nowrap">{KIND_NAMES[node.kind]}</span>}
    </>
  );
  return node.to === undefined ? name : <a href={href(node.to)}>{name}</a>;
}
