import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Schemas } from "../api/client.ts";
import { incomeOf } from "../api/questions.ts";
import { pluralize } from "../format/amount.ts";
import { QueryResult } from "../parts/QueryResult.tsx";
import { Money } from "../parts/figures/Money.tsx";
import { moneyTitle, moneyText } from "../parts/figures/moneyText.ts";
import { Table } from "../parts/lists/Table.tsx";
import { useCurrency } from "../parts/figures/useCurrency.ts";
import { useWidth } from "../parts/useWidth.ts";
import { When } from "../parts/figures/When.tsx";
import { BUCKETS, bucketFor, incomeBars } from "./incomeBars.ts";

interface IncomeChartProps {
  asset: number;
  /** Seconds since 1970. */
  since: number;
}

/** Chart of an asset's income after settling, by the time at which the fees were paid. */
export function IncomeChart({ asset, since }: IncomeChartProps) {
  const { currency } = useCurrency();
  const [choice, setChoice] = useState<number>();
  const [now] = useState(() => Date.now() / 1_000);
  const bucket = choice ?? bucketFor(now - since);
  const query = useQuery({
    ...incomeOf(asset, currency?.address ?? "", bucket),
    enabled: currency !== undefined,
  });
  return (
    <>
      <div className="filters">
        <label>
          <span>Interval</span>
          <select value={bucket} onChange={({ target }) => setChoice(Number(target.value))}>
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
          {({ data, next }) =>
            data.length === 0 ? (
              <p className="empty">This asset has no income in this currency yet.</p>
            ) : (
              <>
                {next !== null && (
                  <p className="note">
                    Only the first {data.length} intervals with income are shown. Choose a longer interval.
                  </p>
                )}
                <Bars buckets={data} bucket={bucket} />
              </>
            )
          }
        </QueryResult>
      </div>
    </>
  );
}

const HEIGHT = 150;
const BASE = 22;
const short = new Intl.DateTimeFormat(undefined, { dateStyle: "short", timeStyle: "short" });

interface BarsProps {
  buckets: readonly Schemas["IncomeBucket"][];
  /** Seconds. */
  bucket: number;
}

function Bars({ buckets, bucket }: BarsProps) {
  const [width, box] = useWidth<HTMLDivElement>();
  const { bars, count, largest, width: chartWidth } = incomeBars(buckets, bucket, width, HEIGHT - 6);
  const [first, last] = [bars[0], bars.at(-1)];
  return (
    <>
      <div className="chart" ref={box}>
        {width > 0 && (
          <svg
            width={chartWidth}
            height={HEIGHT + BASE + 16}
            role="img"
            aria-label={`Income of ${pluralize(bars.length, "interval")}; the table below lists all of them`}
          >
            {largest && (
              <text x={0} y={12}>
                highest: {moneyText(largest)}
              </text>
            )}
            <line x1={0} x2="100%" y1={HEIGHT + 16.5} y2={HEIGHT + 16.5} />
            {bars.map(({ from, income, height, ...place }) => (
              <rect key={from} {...place} y={HEIGHT + 16 - height} height={height}>
                <title>{`${short.format(from * 1_000)}: ${moneyTitle(income)}`}</title>
              </rect>
            ))}
            {first && (
              <text x={0} y={HEIGHT + BASE + 10}>
                {short.format(first.from * 1_000)}
              </text>
            )}
            {last && count > 6 && (
              <text x={Math.min(width, last.x + last.width)} y={HEIGHT + BASE + 10} textAnchor="end">
                {short.format(last.from * 1_000)}
              </text>
            )}
          </svg>
        )}
      </div>
      <details>
        <summary>Show as a table</summary>
        <Table
          caption="Income over time"
          rows={buckets.toReversed()}
          keyOf={({ from }) => from}
          columns={[
            { name: "Start", cell: ({ from }) => <When at={from} /> },
            { name: "Income after settling", figure: true, cell: ({ income }) => <Money of={income} /> },
            {
              name: "Due to shareholders",
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
