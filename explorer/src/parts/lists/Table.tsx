import type { ReactNode } from "react";

export interface Column<Row> {
  name: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Aligns the column to the right. */
  figure?: boolean;
  /** Leaves the column out on a narrow screen. */
  wide?: boolean;
}

interface TableProps<Row> {
  caption: string;
  /** Shows the caption. Default: only screen readers read it. */
  showCaption?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
  empty?: ReactNode;
}

const classOf = ({ figure, wide }: { figure?: boolean; wide?: boolean }) =>
  [figure && "figure", wide && "wide"].filter(Boolean).join(" ") || undefined;

/** Table of rows, or a text if there are no rows. */
export function Table<Row>({ caption, showCaption, columns, rows, keyOf, empty = "None yet." }: TableProps<Row>) {
  if (rows.length === 0) return <p className="empty">{empty}</p>;
  return (
    // A table that does not fit scrolls, with the keyboard as well.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption className={showCaption ? undefined : "unseen"}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th key={i} scope="col" className={classOf(column)}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column, i) => (
                <td key={i} className={classOf(column)}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
