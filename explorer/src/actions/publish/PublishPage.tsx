import { useState } from "react";
import { publish } from "#client/acts/building/publish.ts";
import type { Schemas } from "../../api/client.ts";
import { Section } from "../../parts/frame/Page.tsx";
import { assetLabel } from "../../parts/links.tsx";
import type { OnChain } from "../../wallet/onChain.ts";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { AssetActionPage } from "../ActionPage.tsx";
import { Ancestors } from "./Ancestors.tsx";
import { DraftFields } from "./DraftFields.tsx";
import { type DraftForm, EMPTY_DRAFT, readDraft } from "./draft.ts";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { attempt } from "../Field.tsx";

export function PublishPage({ param }: { param: string }) {
  return (
    <AssetActionPage
      param={param}
      title={({ id, name }) => `Publish a release of ${assetLabel(id, name)}`}
      lead="A release is one permanent version: its contributions and its terms can never be changed. Only the asset's owner can publish."
      lines={12}
    >
      {(of) => <RequireDeployment lines={10}>{(on) => <PublishForm on={on} of={of} />}</RequireDeployment>}
    </AssetActionPage>
  );
}

function PublishForm({ on, of }: { on: OnChain; of: Schemas["Asset"] }) {
  const [draft, setDraft] = useState<DraftForm>(EMPTY_DRAFT);
  const { value: release, error } = attempt(() => readDraft(draft));
  const { grants } = draft;
  const inputs = { ...draft, grants: draft.grants.map(({ signature }) => signature) };
  return (
    <form aria-label="Release" onSubmit={(event) => event.preventDefault()}>
      <DraftFields on={on} value={draft} onChange={(change) => setDraft({ ...draft, ...change })} />
      {release && <Ancestors on={on} contributions={release.contributions} keep={of.keepPpm} floor={release.floor} />}
      <Section title="Publish">
        <ReviewAndSend
          on={on}
          about={`publish/${of.id}`}
          label="Publish"
          inputs={[inputs]}
          missing={error}
          plan={release && ((account) => publish(on.chain, account, { asset: of.id, release, grants }))}
        />
      </Section>
    </form>
  );
}
