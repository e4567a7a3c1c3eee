import { useMemo, useState } from "react";
import type { Amount, Currency } from "../api/client.ts";
import { formatBase } from "../format/amount.ts";
import { exactText, Money } from "../parts/figures/Money.tsx";
import { Table } from "../parts/lists/Table.tsx";
import { useWidth } from "../parts/useWidth.ts";
import { href } from "../router.ts";
import { type Flow, type FlowNode, sankeyOf } from "./sankeyOf.ts";

interface FlowPictureProps {
  of: Flow;
  currency: Currency;
  caption: string;
}

/** Narrower than this it is scrolled rather than squeezed. */
const NARROWEST = 640;

/** Money as bands from left to right. What is behind each stands in the table below, to the unit. */
export function FlowPicture({ of, currency, caption }: FlowPictureProps) {
  const [width, box] = useWidth<HTMLDivElement>();
  const [marked, setMarked] = useState<string>();
  const drawn = useMemo(() => sankeyOf(of, Math.max(NARROWEST, width)), [of, width]);
  const amountOf = (amount: bigint): Amount => ({ amount: String(amount), currency });
  const names = new Map(of.nodes.map((node) => [node.id, node]));
  const label = (id: string) => names.get(id)?.name ?? id;
  const isLit = (from: string, to: string) => marked === undefined || marked === from || marked === to;

  return (
    <>
      <div
        className="flow"
        ref={box}
        role="region"
        aria-label={`${caption}, drawn`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it is scrolled with the keyboard, too
        tabIndex={0}
        style={{ minBlockSize: drawn.height }}
      >
        {width > 0 && (
          <svg
            width={drawn.width}
            height={drawn.height}
            role="img"
            aria-label={`${caption}: ${drawn.bands.length} bands; the table below has them all`}
          >
            <g className="bands">
              {drawn.bands.map((band) => (
                <path
                  key={`${band.from} ${band.to}`}
                  d={band.path}
                  strokeWidth={band.thickness}
                  className={isLit(band.from, band.to) ? names.get(band.to)?.kind : "unlit"}
                >
                  <title>{`${label(band.from)} → ${label(band.to)}: ${exactText(amountOf(band.amount))}`}</title>
                </path>
              ))}
            </g>
            {drawn.nodes.map((node) => (
              <g
                key={node.id}
                onMouseEnter={() => setMarked(node.id)}
                onMouseLeave={() => setMarked(undefined)}
                className={`flow-node ${node.kind}`}
              >
                <title>{`${node.name}: ${exactText(amountOf(node.amount))}`}</title>
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
        <summary>The same as a table: {formatBase(String(drawn.bands.length))} bands, to the unit</summary>
        <Table
          caption={caption}
          rows={drawn.bands}
          keyOf={({ from, to }) => `${from} ${to}`}
          columns={[
            { name: "From", cell: ({ from }) => <NodeName of={names.get(from)} /> },
            { name: "To", cell: ({ to }) => <NodeName of={names.get(to)} /> },
            { name: "Amount", figure: true, cell: ({ amount }) => <Money of={amountOf(amount)} /> },
            { name: "Base units", figure: true, wide: true, cell: ({ amount }) => formatBase(String(amount)) },
          ]}
        />
      </details>
    </>
  );
}

function NodeName({ of }: { of: FlowNode | undefined }) {
  if (!of) return null;
  const name = (
    <>
      <bdi>{of.name}</bdi> <span className="quiet">{of.kind === "rest" ? "" : of.kind}</span>
    </>
  );
  return of.to === undefined ? name : <a href={href(of.to)}>{name}</a>;
}
