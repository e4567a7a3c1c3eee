import { type Address, encodeFunctionData } from "viem";
import { registryAbi } from "#protocol/abis.ts";
import type { Schemas } from "../../api/client.ts";
import { Section } from "../../parts/frame/Page.tsx";
import type { OnChain } from "../../wallet/onChain.ts";
import type { Plan } from "../../wallet/plan.ts";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { ReleaseActionPage } from "../ActionPage.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { requireOwner } from "./requireOwner.ts";

export function RetirePage({ param }: { param: string }) {
  return (
    <ReleaseActionPage
      param={param}
      title={(name, { retired }) => `${retired ? "Restore" : "Retire"} a release of ${name}`}
      lead="While a release is retired, nothing new can be built on it. What was built on it stays, and money goes on as before: fees, settling and claims."
    >
      {(of) => (
        <RequireDeployment>
          {(on) => (
            <Section title={of.retired ? "Restore" : "Retire"}>
              <ReviewAndSend
                on={on}
                about={`retire/${of.id}`}
                label={of.retired ? "Restore" : "Retire"}
                given={[of.retired]}
                plan={(account) => retirePlan(on, account, of)}
              />
            </Section>
          )}
        </RequireDeployment>
      )}
    </ReleaseActionPage>
  );
}

async function retirePlan(on: OnChain, account: Address, { id, asset, retired }: Schemas["Release"]): Promise<Plan> {
  await requireOwner(on, account, asset);
  return {
    title: `${retired ? "Restore" : "Retire"} release ${id}`,
    steps: [
      {
        does: retired
          ? `Restore release ${id}: new releases may be built on it again.`
          : `Retire release ${id}: no new release may be built on it until it is restored.`,
        to: on.deployment.registry,
        data: encodeFunctionData({ abi: registryAbi, functionName: "setRetired", args: [id, !retired] }),
      },
    ],
  };
}
