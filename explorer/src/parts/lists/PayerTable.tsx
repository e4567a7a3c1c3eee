import { payerBoard, type Period } from "../../api/questions.ts";
import { formatCount } from "../../format/amount.ts";
import { AccountLink } from "../links.tsx";
import { Money } from "../figures/Money.tsx";
import { PagedList } from "./PagedList.tsx";
import { Table } from "./Table.tsx";

interface PayerTableProps {
  currency: string;
  /** Default: all time. */
  period?: Period;
  empty: string;
  /** Number of lines of the placeholder while the table is loaded. */
  lines?: number;
}

/** Table of the accounts that paid the most. */
export function PayerTable({ currency, period, empty, lines }: PayerTableProps) {
  return (
    <PagedList of={payerBoard(currency, period)} {...(lines !== undefined && { lines })}>
      {(rows) => (
        <Table
          caption="Accounts by fees paid"
          rows={rows}
          keyOf={({ rank }) => rank}
          empty={empty}
          columns={[
            { name: "Account", cell: ({ account }) => <AccountLink address={account} /> },
            { name: "Fees", figure: true, cell: ({ fees }) => formatCount(fees) },
            { name: "Paid", figure: true, cell: ({ paid }) => <Money of={paid} /> },
          ]}
        />
      )}
    </PagedList>
  );
}
