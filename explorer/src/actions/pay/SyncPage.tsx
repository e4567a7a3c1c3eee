import { sync } from "#client/acts/paying/sync.ts";
import { Section } from "../../parts/frame/Page.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { ReleaseActionPage } from "../ActionPage.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";

export function SyncPage({ param }: { param: string }) {
  return (
    <ReleaseActionPage
      param={param}
      title={(name) => `Sync the inlet of ${name}`}
      lead="What was sent to a release's inlet by plain transfers becomes its fees. Anybody may do it, at any time."
    >
      {({ id }) => (
        <RequireDeployment>
          {(on) => (
            <Section title="Sync">
              <ReviewAndSend
                on={on}
                about={`sync/${id}`}
                label="Sync"
                given={[]}
                plan={(account) => sync(on.chain, account, { release: id })}
              />
            </Section>
          )}
        </RequireDeployment>
      )}
    </ReleaseActionPage>
  );
}
