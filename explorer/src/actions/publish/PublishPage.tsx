import { useState } from "react";
import { type Address, encodeFunctionData } from "viem";
import { registryAbi } from "#protocol/abis.ts";
import { describeDraft } from "#client/acts/draft.ts";
import type { Schemas } from "../../api/client.ts";
import { assetLabel } from "../../parts/links.tsx";
import { Section } from "../../parts/frame/Page.tsx";
import type { OnChain } from "../../wallet/onChain.ts";
import type { Plan } from "../../wallet/plan.ts";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { AssetActionPage } from "../ActionPage.tsx";
import { Ancestors } from "./Ancestors.tsx";
import { DraftFields } from "./DraftFields.tsx";
import { type DraftForm, EMPTY_DRAFT, floorNotes, readDraft, tryDraft } from "./draft.ts";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { attempt } from "../Field.tsx";
import { requireOwner } from "../ownership/requireOwner.ts";

export function PublishPage({ param }: { param: string }) {
  return (
    <AssetActionPage
      param={param}
      title={(name) => `Publish a release of ${name}`}
      lead="A release is one version, for ever: what it was built from and its terms cannot be changed. Only the asset's owner publishes."
      lines={12}
    >
      {(of) => <RequireDeployment lines={10}>{(on) => <PublishForm on={on} of={of} />}</RequireDeployment>}
    </AssetActionPage>
  );
}

function PublishForm({ on, of }: { on: OnChain; of: Schemas["Asset"] }) {
  const [draft, setDraft] = useState<DraftForm>(EMPTY_DRAFT);
  const drafted = attempt(() => readDraft(draft));
  const given = { ...draft, grants: draft.grants.map(({ signature }) => signature) };
  return (
    <form aria-label="The release" onSubmit={(event) => event.preventDefault()}>
      <DraftFields on={on} value={draft} onChange={(change) => setDraft({ ...draft, ...change })} />
      {drafted.value && (
        <Ancestors on={on} contributions={drafted.value.contributions} keep={of.keepPpm} floor={drafted.value.floor} />
      )}
      <Section title="Publish">
        <ReviewAndSend
          on={on}
          about={`publish/${of.id}`}
          label="Publish"
          given={[given]}
          missing={drafted.error}
          plan={drafted.value && ((account) => publishPlan(on, account, of, draft))}
        />
      </Section>
    </form>
  );
}

async function publishPlan(
  on: OnChain,
  account: Address,
  { id, name, keepPpm: keep }: Schemas["Asset"],
  draft: DraftForm,
): Promise<Plan> {
  await requireOwner(on, account, id);
  const release = readDraft(draft);
  const { grants } = draft;
  const preview = await tryDraft(on, account, { release, grants, keep, asset: id });
  const data =
    grants.length === 0
      ? encodeFunctionData({ abi: registryAbi, functionName: "publish", args: [id, release] })
      : encodeFunctionData({ abi: registryAbi, functionName: "publishWithGrants", args: [id, release, grants] });
  return {
    title: `Publish a release of “${assetLabel(id, name)}”`,
    steps: [{ does: `Publish a release of asset ${id}, ${describeDraft(release)}.`, to: on.deployment.registry, data }],
    ...floorNotes(preview, release.floor),
  };
}
