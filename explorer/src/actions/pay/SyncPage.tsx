import { sync } from "#client/acts/paying/sync.ts";
import { Section } from "../../parts/frame/Page.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { ReleaseActionPage } from "../ActionPage.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";

export function SyncPage({ param }: { param: string }) {
  return (
    <ReleaseActionPage
      param={param}
      title={({ id }) => `Inlet of release #${id}`}
      lead="Syncing turns the money that was sent to a release's inlet into fees that are paid into the release. Anybody may sync, at any time."
    >
      {({ id }) => (
        <RequireDeployment>
          {(on) => (
            <Section title="Sync">
              <ReviewAndSend
                on={on}
                about={`sync/${id}`}
                label="Sync"
                inputs={[]}
                plan={(account) => sync(on.chain, account, { release: id })}
              />
            </Section>
          )}
        </RequireDeployment>
      )}
    </ReleaseActionPage>
  );
}
