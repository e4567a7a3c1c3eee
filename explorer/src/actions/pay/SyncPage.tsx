import { useQuery } from "@tanstack/react-query";
import { type Address, isAddressEqual } from "viem";
import { readClaimPlans } from "#client/acts/collecting/readClaimPlans.ts";
import { sync } from "#client/acts/paying/sync.ts";
import { Section } from "../../parts/frame/Page.tsx";
import { QueryResult } from "../../parts/QueryResult.tsx";
import { orMessage } from "../../wallet/errorMessage.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { ReleaseActionPage } from "../ActionPage.tsx";
import { usePlan } from "../collect/usePlan.ts";
import { RequireDeployment } from "../RequireDeployment.tsx";

export function SyncPage({ param }: { param: string }) {
  return (
    <ReleaseActionPage
      param={param}
      title={({ id }) => `Inlet of release #${id}`}
      lead="Syncing turns the money that was sent to a release's inlet, and what the inlet earned with shares, into fees that are paid into the release. Anybody may sync, at any time. Only settled income is included."
    >
      {({ id }) => (
        <RequireDeployment>
          {(on) => (
            <Section title="Sync">
              <SyncInlet on={on} id={id} />
            </Section>
          )}
        </RequireDeployment>
      )}
    </ReleaseActionPage>
  );
}

function SyncInlet({ on, id }: { on: OnChain; id: number }) {
  const inlet = useQuery({
    queryKey: ["inlet address", id],
    queryFn: () => orMessage(on.chain.inlets.read.inletOf([id])),
    staleTime: Infinity,
    retry: 1,
  });
  return (
    <QueryResult of={inlet} lines={4}>
      {(address) => <SyncAt on={on} id={id} inlet={address} />}
    </QueryResult>
  );
}

/** Review of a sync, with the assets whose earnings are worth a claim by the inlet's claim plan. */
function SyncAt({ on, id, inlet }: { on: OnChain; id: number; inlet: Address }) {
  const { answer } = usePlan(inlet.toLowerCase());
  const plans = answer.data?.data.plans ?? [];
  // Without an indexer's answer, what lies in the inlet can still be synced.
  const isKnown = answer.data !== undefined || answer.error !== null;
  return (
    <ReviewAndSend
      on={on}
      about={`sync/${id}`}
      label="Sync"
      inputs={[plans.flatMap(({ calls }) => calls.map(({ data }) => data))]}
      plan={
        isKnown
          ? async (account) => {
              const claimPlans = await orMessage(readClaimPlans(on.chain, inlet, plans));
              const assetsIn = ({ address }: { address: Address }) =>
                claimPlans.find(({ currency }) => isAddressEqual(currency.address, address))?.assets ?? [];
              return sync(on.chain, account, { release: id, assetsIn });
            }
          : undefined
      }
    />
  );
}
