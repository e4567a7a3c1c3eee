import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Schemas } from "../api/client.ts";
import { incomeOf } from "../api/questions.ts";
import { QueryResult } from "../parts/QueryResult.tsx";
import { exactText, Money, moneyText } from "../parts/figures/Money.tsx";
import { Table } from "../parts/lists/Table.tsx";
import { useCurrency } from "../parts/figures/useCurrency.ts";
import { useWidth } from "../parts/useWidth.ts";
import { When } from "../parts/figures/When.tsx";

const BUCKETS = [
  [60, "minute"],
  [3_600, "hour"],
  [86_400, "day"],
  [604_800, "week"],
  [2_592_000, "30 days"],
] as const;
/** A time line has about so many bars at most, unless one chooses. */
const ENOUGH = 120;

interface IncomeChartProps {
  asset: number;
  /** Seconds since 1970. */
  since: number;
}

/** An asset's income over time: what the fees of each while bring it once everything is settled. */
export function IncomeChart({ asset, since }: IncomeChartProps) {
  const { currency } = useCurrency();
  const [chosen, setChosen] = useState<number>();
  const [now] = useState(() => Date.now() / 1_000);
  const fitting = BUCKETS.find(([seconds]) => (now - since) / seconds <= ENOUGH) ?? BUCKETS[4];
  const bucket = chosen ?? fitting[0];
  const query = useQuery({
    ...incomeOf(asset, currency?.address ?? "", bucket),
    enabled: currency !== undefined,
  });
  return (
    <>
      <div className="filters">
        <label>
          <span>Per</span>
          <select value={bucket} onChange={({ target }) => setChosen(Number(target.value))}>
            {BUCKETS.map(([seconds, name]) => (
              <option key={seconds} value={seconds}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className="chart-place">
        <QueryResult of={query} lines={6}>
          {({ data }) =>
            data.length === 0 ? (
              <p className="empty">No fee has brought it anything in this currency yet.</p>
            ) : (
              <Bars of={data} bucket={bucket} />
            )
          }
        </QueryResult>
      </div>
    </>
  );
}

const HEIGHT = 150;
const BASE = 22;
const THICKEST = 48;
const short = new Intl.DateTimeFormat(undefined, { dateStyle: "short", timeStyle: "short" });

function Bars({ of, bucket }: { of: readonly Schemas["IncomeBucket"][]; bucket: number }) {
  const [width, box] = useWidth<HTMLDivElement>();
  const first = of[0]?.from ?? 0;
  const last = of.at(-1)?.from ?? first;
  const count = Math.round((last - first) / bucket) + 1;
  const most = of.reduce((largest, { income }) => Math.max(largest, Number(income.amount)), 0);
  const largest = of.find(({ income }) => Number(income.amount) === most);
  const step = Math.max(2, Math.min(THICKEST, width / count));
  return (
    <>
      <div className="chart" ref={box}>
        {width > 0 && (
          <svg
            width={Math.max(width, step * count)}
            height={HEIGHT + BASE + 16}
            role="img"
            aria-label={`Income of ${of.length} parts of time; the table below has them all`}
          >
            {largest && (
              <text x={0} y={12}>
                at most {moneyText(largest.income)}
              </text>
            )}
            <line x1={0} x2="100%" y1={HEIGHT + 16.5} y2={HEIGHT + 16.5} />
            {of.map(({ from, income }) => {
              const height = Math.max(1, (Number(income.amount) / most) * (HEIGHT - 6));
              return (
                <rect
                  key={from}
                  x={((from - first) / bucket) * step}
                  y={HEIGHT + 16 - height}
                  width={Math.max(1, step - Math.min(3, step / 4))}
                  height={height}
                >
                  <title>{`${short.format(from * 1_000)}: ${exactText(income)}`}</title>
                </rect>
              );
            })}
            <text x={0} y={HEIGHT + BASE + 10}>
              {short.format(first * 1_000)}
            </text>
            {count > 6 && (
              <text x={Math.min(width, step * count)} y={HEIGHT + BASE + 10} textAnchor="end">
                {short.format(last * 1_000)}
              </text>
            )}
          </svg>
        )}
      </div>
      <details>
        <summary>The same as a table</summary>
        <Table
          caption="Income over time"
          rows={of.toReversed()}
          keyOf={({ from }) => from}
          columns={[
            { name: "From", cell: ({ from }) => <When at={from} /> },
            { name: "Income", figure: true, cell: ({ income }) => <Money of={income} /> },
            {
              name: "Of it the shareholders'",
              figure: true,
              wide: true,
              cell: ({ shareholders }) => <Money of={shareholders} />,
            },
          ]}
        />
      </details>
    </>
  );
}
