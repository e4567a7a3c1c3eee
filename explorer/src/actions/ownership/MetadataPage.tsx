import { useState } from "react";
import { type Hex, isHex, stringToHex } from "viem";
import { changedMetadata, parseMetadata } from "#client/acts/owning/changedMetadata.ts";
import { metadataTextOf, setMetadata } from "#client/acts/owning/setMetadata.ts";
import type { AssetDescription } from "#client/parsing/readUpload.ts";
import type { Schemas } from "../../api/client.ts";
import { Section } from "../../parts/frame/Page.tsx";
import { assetLabel } from "../../parts/links.tsx";
import type { OnChain } from "../../wallet/onChain.ts";
import { AssetActionPage } from "../ActionPage.tsx";
import { attempt, TextField } from "../Field.tsx";
import { Upload } from "../publish/Upload.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";

export function MetadataPage({ param }: { param: string }) {
  return (
    <AssetActionPage
      param={param}
      title={({ id, name }) => `Replace the metadata of ${assetLabel(id, name)}`}
      lead="The metadata is what the owner says about the asset. The asset's kind, shares and contributions do not change with it. Only the asset's owner can do this."
      lines={12}
    >
      {(of) => (
        <RequireDeployment lines={10}>
          {/* After a change the form begins with the new metadata. */}
          {(on) => <MetadataForm key={of.metadataDigest} on={on} of={of} />}
        </RequireDeployment>
      )}
    </AssetActionPage>
  );
}

interface Fields {
  name: string;
  organization: string;
  description: string;
}

const textOf = (value: unknown) => (typeof value === "string" ? value : "");

/** Reads the fields of the form from metadata, which can be any text. */
function fieldsOf(text: string): Fields {
  const { name, organization, description } = parseMetadata(text) ?? {};
  return { name: textOf(name), organization: textOf(organization), description: textOf(description) };
}

function MetadataForm({ on, of }: { on: OnChain; of: Schemas["Asset"] }) {
  const before: Hex = isHex(of.metadataBytes) ? of.metadataBytes : stringToHex(of.metadata);
  const present = metadataTextOf(before);
  const [fields, setFields] = useState(() => fieldsOf(present));
  /** The text of an uploaded metadata file, which is recorded as it is. */
  const [file, setFile] = useState<string>();
  const change = (changes: Partial<Fields>) => {
    setFields({ ...fields, ...changes });
    setFile(undefined);
  };
  const fill = ({ name, organization, description, metadata }: AssetDescription) => {
    setFields({
      name: name || fields.name,
      organization: organization || fields.organization,
      description: description || fields.description,
    });
    setFile(metadata);
  };
  const next = attempt(() => file ?? changedMetadata(present, differing(fields, fieldsOf(present)), of.kind));
  const isSame = next.value === present;
  return (
    <form aria-label="Metadata" onSubmit={(event) => event.preventDefault()}>
      <Upload onRead={fill} />
      <div className="fields">
        <TextField label="Name" grow maxLength={200} value={fields.name} onChange={(name) => change({ name })} />
        <TextField
          label="Organization"
          grow
          maxLength={200}
          value={fields.organization}
          onChange={(organization) => change({ organization })}
        />
        <TextField
          label="Description"
          grow
          lines={3}
          value={fields.description}
          onChange={(description) => change({ description })}
          hint={
            file === undefined
              ? "All other fields of the metadata stay exactly as they are."
              : "The file replaces all of the metadata. It is recorded byte by byte."
          }
        />
      </div>
      <Section title="Replace">
        <ReviewAndSend
          on={on}
          about={`metadata/${of.id}`}
          label="Replace the metadata"
          missing={next.error ?? "Change a field, or choose a file."}
          inputs={[next.value, of.metadataDigest]}
          plan={
            next.value === undefined || isSame
              ? undefined
              : (account) => setMetadata(on.chain, account, { asset: of.id, before, metadata: next.value ?? "" })
          }
        />
      </Section>
    </form>
  );
}

/** Leaves out the fields that were not changed: they may hold something else than a text, which then stays. */
const differing = (fields: Fields, before: Fields): Partial<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([field, value]) => value !== before[field as keyof Fields]));
