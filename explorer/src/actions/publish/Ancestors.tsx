import { useQuery } from "@tanstack/react-query";
import { previewNotes } from "#client/acts/building/previewDraft.ts";
import { feeShareText, previewRelease, type ReleasePreview } from "#client/preview/preview.ts";
import { Loading } from "../../parts/QueryResult.tsx";
import { Section } from "../../parts/frame/Page.tsx";
import { Table } from "../../parts/lists/Table.tsx";
import type { OnChain } from "../../wallet/onChain.ts";
import { errorMessage } from "../../wallet/errorMessage.ts";
import { NamedRelease } from "../NamedRelease.tsx";

interface AncestorsProps {
  on: OnChain;
  contributions: readonly { release: number; weight: number }[];
  keep: number;
  floor: number;
}

/** Shows, before one signs, what each ancestor would get of everything and the floor that the release would end with. */
export function Ancestors({ on, contributions, keep, floor }: AncestorsProps) {
  const query = useQuery({
    queryKey: ["preview", contributions, keep, floor],
    queryFn: () => previewRelease(on.chain, { contributions, keep, floor }),
    structuralSharing: false,
    retry: false,
    placeholderData: (before) => before,
  });
  return (
    <Section
      title="What it would lead to"
      about="As the contracts would reckon it, of everything paid for this release."
    >
      {query.error ? (
        <p className="note warn" role="alert">
          {errorMessage(query.error)}
        </p>
      ) : query.data ? (
        <Shown preview={query.data} floor={floor} />
      ) : (
        <Loading lines={3} />
      )}
    </Section>
  );
}

function Shown({ preview, floor }: { preview: ReleasePreview; floor: number }) {
  const { notes, warnings } = previewNotes(preview, floor);
  return (
    <div aria-live="polite">
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {warnings.map((warning) => (
        <p key={warning} className="note warn">
          {warning}
        </p>
      ))}
      {preview.ancestors.length > 0 && (
        <Table
          caption="What each ancestor would get"
          rows={preview.ancestors}
          keyOf={(row) => row.release}
          columns={[
            { name: "Ancestor", cell: (row) => <NamedRelease id={row.release} /> },
            { name: "Reaches it", figure: true, cell: ({ reaches }) => feeShareText(reaches) },
            { name: "It keeps", figure: true, cell: ({ keeps }) => feeShareText(keeps) },
          ]}
        />
      )}
      {preview.truncated && <p className="quiet">Further ancestors get something, too.</p>}
    </div>
  );
}
