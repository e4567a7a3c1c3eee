import { setRetired } from "#client/acts/owning/setRetired.ts";
import { Section } from "../../parts/frame/Page.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { ReleaseActionPage } from "../ActionPage.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";

export function RetirePage({ param }: { param: string }) {
  return (
    <ReleaseActionPage
      param={param}
      title={({ id, retired }) => `${retired ? "Restore" : "Retire"} release #${id}`}
      lead="No new release can be built on a retired release. Releases that are built on it stay. Fees, settling and claims continue. Only the asset's owner can do this."
    >
      {(of) => (
        <RequireDeployment>
          {(on) => (
            <Section title={of.retired ? "Restore" : "Retire"}>
              <ReviewAndSend
                on={on}
                about={`retire/${of.id}`}
                label={of.retired ? "Restore" : "Retire"}
                inputs={[of.retired]}
                plan={(account) => setRetired(on.chain, account, { release: of.id, retired: !of.retired })}
              />
            </Section>
          )}
        </RequireDeployment>
      )}
    </ReleaseActionPage>
  );
}
