import type { Schemas } from "../../api/client.ts";
import { AccountLink, FeeLink, ReleaseLink } from "../links.tsx";
import { Money } from "../figures/Money.tsx";
import { Table } from "./Table.tsx";
import { When } from "../figures/When.tsx";

interface FeeTableProps {
  caption: string;
  rows: readonly Schemas["Fee"][];
  empty?: string;
}

/** Table of fees. */
export function FeeTable({ caption, rows, empty = "No fee was paid yet." }: FeeTableProps) {
  return (
    <Table
      caption={caption}
      rows={rows}
      keyOf={({ id }) => id}
      empty={empty}
      columns={[
        {
          name: "Time",
          cell: ({ id, paid }) => (
            <FeeLink id={id}>
              <When at={paid.timestamp} block={paid.blockNumber} />
            </FeeLink>
          ),
        },
        { name: "Release", cell: ({ release, assetName }) => <ReleaseLink id={release} assetName={assetName} /> },
        { name: "Payer", cell: ({ payer }) => <AccountLink address={payer} />, wide: true },
        { name: "Amount", figure: true, cell: ({ amount }) => <Money of={amount} /> },
      ]}
    />
  );
}
