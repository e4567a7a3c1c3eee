import { useQuery } from "@tanstack/react-query";
import { UserError } from "../../../indexer/userError.ts";
import { release } from "../api/questions.ts";
import { Answer } from "../parts/Answer.tsx";
import { assetLabel, ReleaseLink } from "../parts/links.tsx";
import { Page, Section } from "../parts/Page.tsx";
import { Act } from "./Act.tsx";
import { Doing } from "./Doing.tsx";
import { syncPlan } from "./inlet.ts";

export function SyncPage({ param }: { param: string }) {
  const query = useQuery(release(Number(param)));
  return (
    <Answer of={query} lines={8}>
      {({ data }) => (
        <Page
          key={data.id}
          title={`Sync the inlet of ${assetLabel(data.asset, data.assetName)}`}
          eyebrow={<ReleaseLink id={data.id} assetName={data.assetName} label={data.label} />}
          lead="What was sent to a release's inlet by plain transfers becomes its fees. Anybody may do it, at any time."
        >
          <Doing>
            {(on) => (
              <Section title="Sync">
                <Act
                  on={on}
                  about={`sync/${data.id}`}
                  label="Sync"
                  given={[]}
                  plan={() => {
                    const { inlets } = on.deployment;
                    if (!inlets) throw new UserError("This deployment has no inlets.");
                    return syncPlan(on, inlets, data.id);
                  }}
                />
              </Section>
            )}
          </Doing>
        </Page>
      )}
    </Answer>
  );
}
