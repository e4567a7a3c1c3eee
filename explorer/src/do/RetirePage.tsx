import { useQuery } from "@tanstack/react-query";
import { type Address, encodeFunctionData } from "viem";
import { registryAbi } from "../../../indexer/abis.ts";
import type { Schemas } from "../api/client.ts";
import { release } from "../api/questions.ts";
import { Answer } from "../parts/Answer.tsx";
import { assetLabel, ReleaseLink } from "../parts/links.tsx";
import { Page, Section } from "../parts/Page.tsx";
import type { OnChain } from "../wallet/onChain.ts";
import type { Plan } from "../wallet/plan.ts";
import { Act } from "./Act.tsx";
import { Doing } from "./Doing.tsx";
import { requireOwner } from "./requireOwner.ts";

export function RetirePage({ param }: { param: string }) {
  const query = useQuery(release(Number(param)));
  return (
    <Answer of={query} lines={8}>
      {({ data }) => (
        <Page
          key={data.id}
          title={`${data.retired ? "Restore" : "Retire"} a release of ${assetLabel(data.asset, data.assetName)}`}
          eyebrow={<ReleaseLink id={data.id} assetName={data.assetName} label={data.label} />}
          lead="While a release is retired, nothing new can be built on it. What was built on it stays, and money goes on as before: fees, settling and claims."
        >
          <Doing>
            {(on) => (
              <Section title={data.retired ? "Restore" : "Retire"}>
                <Act
                  on={on}
                  about={`retire/${data.id}`}
                  label={data.retired ? "Restore" : "Retire"}
                  given={[data.retired]}
                  plan={(account) => retirePlan(on, account, data)}
                />
              </Section>
            )}
          </Doing>
        </Page>
      )}
    </Answer>
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
