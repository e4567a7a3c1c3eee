import { useQuery } from "@tanstack/react-query";
import { previewNotes } from "#client/acts/building/previewDraft.ts";
import { feeShareText, previewRelease, type ReleasePreview } from "#client/preview/preview.ts";
import { Loading } from "../../parts/QueryResult.tsx";
import { Section } from "../../parts/frame/Page.tsx";
import { Table } from "../../parts/lists/Table.tsx";
import type { OnChain } from "../../wallet/onChain.ts";
import { errorMessage } from "../../wallet/errorMessage.ts";
import { NamedRelease } from "../../parts/NamedRelease.tsx";

interface AncestorsProps {
  on: OnChain;
  contributions: readonly { release: number; weight: number }[];
  keep: number;
  floor: number;
}

/** Preview of a release before signing: the part of every fee that each ancestor would get, and the resulting floor. */
export function Ancestors({ on, contributions, keep, floor }: AncestorsProps) {
  const query = useQuery({
    queryKey: ["preview", contributions, keep, floor],
    queryFn: () => previewRelease(on.chain, { contributions, keep, floor }),
    structuralSharing: false,
    retry: false,
    placeholderData: (before) => before,
  });
  return (
    <Section title="Preview" about="Computed by the contracts: where every fee paid into this release would go.">
      {query.error ? (
        <p className="note warn" role="alert">
          {errorMessage(query.error)}
        </p>
      ) : query.data ? (
        <PreviewResult preview={query.data} floor={floor} />
      ) : (
        <Loading lines={3} />
      )}
    </Section>
  );
}

function PreviewResult({ preview, floor }: { preview: ReleasePreview; floor: number }) {
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
          caption="Parts of the ancestors"
          rows={preview.ancestors}
          keyOf={(row) => row.release}
          columns={[
            { name: "Ancestor", cell: (row) => <NamedRelease id={row.release} /> },
            { name: "Effective weight", figure: true, cell: ({ reaches }) => feeShareText(reaches) },
            { name: "Keeps of the fee", figure: true, cell: ({ keeps }) => feeShareText(keeps) },
          ]}
        />
      )}
      {preview.truncated && <p className="quiet">More ancestors receive a part. They are not listed here.</p>}
    </div>
  );
}
