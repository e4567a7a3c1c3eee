import { UserError } from "../../../indexer/userError.ts";
import { Section } from "../parts/Page.tsx";
import { Act } from "./Act.tsx";
import { ActOnRelease } from "./ActOn.tsx";
import { Doing } from "./Doing.tsx";
import { syncPlan } from "./inlet.ts";

export function SyncPage({ param }: { param: string }) {
  return (
    <ActOnRelease
      param={param}
      title={(name) => `Sync the inlet of ${name}`}
      lead="What was sent to a release's inlet by plain transfers becomes its fees. Anybody may do it, at any time."
    >
      {({ id }) => (
        <Doing>
          {(on) => (
            <Section title="Sync">
              <Act
                on={on}
                about={`sync/${id}`}
                label="Sync"
                given={[]}
                plan={() => {
                  const { inlets } = on.deployment;
                  if (!inlets) throw new UserError("This deployment has no inlets.");
                  return syncPlan(on, inlets, id);
                }}
              />
            </Section>
          )}
        </Doing>
      )}
    </ActOnRelease>
  );
}
