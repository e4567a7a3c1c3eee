import { useState } from "react";
import { type Address, getAddress } from "viem";
import { pass } from "#client/acts/collecting/pass.ts";
import { readOutletPlans } from "#client/acts/collecting/readClaimPlans.ts";
import { addressFault } from "#protocol/address.ts";
import type { Schemas } from "../../api/client.ts";
import type { PlanListQuery } from "../../api/questions.ts";
import { MisspeltAddressPage, NotFoundPage } from "../../pages/NotFoundPage.tsx";
import { Gifts, LeftOut } from "../../pages/PlanDetails.tsx";
import { Page, Section } from "../../parts/frame/Page.tsx";
import { AccountLink } from "../../parts/links.tsx";
import { QueryResult } from "../../parts/QueryResult.tsx";
import { shortAddress } from "../../parts/shortAddress.ts";
import { orMessage } from "../../wallet/errorMessage.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import { CheckField } from "../Field.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { usePlan } from "./usePlan.ts";

/** Page that passes on what an account's outlet has earned and holds, as far as it is worth its gas. */
export function PassPage({ param }: { param: string }) {
  const fault = addressFault(param);
  if (fault !== undefined) return fault === "checksum" ? <MisspeltAddressPage /> : <NotFoundPage />;
  const address = param.toLowerCase();
  return <Passing key={address} address={address} />;
}

function Passing({ address }: { address: string }) {
  const [isAll, setIsAll] = useState(false);
  const { answer: worth, query } = usePlan(address);
  const { answer: everything } = usePlan(address, { all: true, enabled: isAll });
  return (
    <Page
      title={`Outlet of ${shortAddress(address)}`}
      eyebrow={<AccountLink address={address} />}
      lead="Passing on sends everything that an outlet has earned and holds to its account. Anybody may do it, at any time. Releases whose money is worth it are settled first."
    >
      <QueryResult of={worth} lines={8}>
        {({ data: { outlet } }) =>
          outlet == null ? (
            <p className="empty">This account can have no outlet.</p>
          ) : (
            <RequireDeployment>
              {(on) => (
                <Section title="Pass on">
                  <p>
                    The outlet is <AccountLink address={outlet.outlet} />.
                    {!outlet.open && " It is not open yet: whoever passes on first opens it."}
                  </p>
                  <NotWorth address={outlet.account} plans={outlet.plans} query={{ ...query, outlet: true }} />
                  <CheckField
                    label="Also pass on what is left out, although it costs more than it brings"
                    value={isAll}
                    onChange={setIsAll}
                  />
                  <PassOn
                    on={on}
                    owner={getAddress(outlet.account)}
                    outlet={isAll ? (everything.data?.data.outlet ?? undefined) : outlet}
                    all={isAll}
                  />
                </Section>
              )}
            </RequireDeployment>
          )
        }
      </QueryResult>
    </Page>
  );
}

interface NotWorthProps {
  address: string;
  plans: readonly Schemas["CurrencyPlan"][];
  query: PlanListQuery;
}

/** Lists of gifts and of what is left out, in each currency. */
function NotWorth({ address, plans, query }: NotWorthProps) {
  return plans.map((plan) => (
    <div key={plan.pays.currency.address}>
      {plan.giftCount > 0 && <Gifts {...{ address, plan, query }} />}
      {plan.leftOutCount > 0 && <LeftOut {...{ address, plan, query }} />}
    </div>
  ));
}

interface PassOnProps {
  on: OnChain;
  owner: Address;
  /** Undefined while the plan is made. */
  outlet: Schemas["OutletPlan"] | undefined;
  all: boolean;
}

function PassOn({ on, owner, outlet, all }: PassOnProps) {
  return (
    <ReviewAndSend
      on={on}
      about={`pass/${owner.toLowerCase()}`}
      label="Pass on"
      inputs={[all, outlet?.plans.flatMap(({ calls }) => calls.map(({ data }) => data))]}
      plan={
        outlet &&
        (async (sender) =>
          pass(on.chain, sender, {
            account: owner,
            claimPlans: await orMessage(readOutletPlans(on.chain, owner, outlet)),
            all,
          }))
      }
    />
  );
}
