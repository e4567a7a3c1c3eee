import { useState } from "react";
import { type Address, getAddress } from "viem";
import { countText } from "#client/acts/collecting/countText.ts";
import { readClaimPlans, readOutletPlans } from "#client/acts/collecting/readClaimPlans.ts";
import { settle, type SettlePlan } from "#client/acts/collecting/settle.ts";
import { parseRelease } from "#client/parsing/parseRelease.ts";
import { addressFault } from "#protocol/address.ts";
import { exactText } from "#protocol/money.ts";
import { NotFoundPage } from "../../pages/NotFoundPage.tsx";
import { AccountLink } from "../../parts/links.tsx";
import { NamedRelease } from "../../parts/NamedRelease.tsx";
import { Page, Section } from "../../parts/frame/Page.tsx";
import { QueryResult } from "../../parts/QueryResult.tsx";
import { useRoute } from "../../router.ts";
import { orMessage } from "../../wallet/errorMessage.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import { attempt, CheckField } from "../Field.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { usePlan } from "./usePlan.ts";

const LEAD =
  "Settling divides what a release has received among its contributions and its own asset. Anyone may do it, and pays the gas.";

/** Page that settles releases: those in its address, or those by which an account is paid. */
export function SettlePage({ param }: { param: string }) {
  const account = useRoute().query.get("account");
  const releases = attempt(() => param.split(",").map(parseRelease)).value;
  if (param === "" && account !== null && addressFault(account) === undefined) {
    return <SettleForAccount address={account.toLowerCase()} />;
  }
  if (!releases) return <NotFoundPage />;
  const [first = 0] = releases;
  return (
    <Page
      title={releases.length === 1 ? `Settle release #${first}` : `Settle ${countText(releases.length, "release")}`}
      eyebrow={releases.length === 1 && <NamedRelease id={first} />}
      lead={LEAD}
    >
      <RequireDeployment>{(on) => <SettleReleases on={on} releases={releases} />}</RequireDeployment>
    </Page>
  );
}

function SettleReleases({ on, releases }: { on: OnChain; releases: readonly number[] }) {
  const [withAncestors, setWithAncestors] = useState(false);
  return (
    <>
      <CheckField
        label="Also settle all ancestors, so that the money arrives at every asset"
        value={withAncestors}
        onChange={setWithAncestors}
      />
      <Section title="Settle">
        <ReviewAndSend
          on={on}
          about={`settle/${releases.join(",")}`}
          label="Settle"
          inputs={[releases, withAncestors]}
          plan={async (account) => withAmounts(await settle(on.chain, account, { releases, withAncestors }))}
        />
      </Section>
    </>
  );
}

function SettleForAccount({ address }: { address: string }) {
  return (
    <Page title="Settle for an account" eyebrow={<AccountLink address={address} />} lead={LEAD}>
      <RequireDeployment>
        {(on) => (
          <Section
            title="Settle"
            about="The releases by which the account is paid, as far as that is worth its gas. The account can claim its part afterwards."
          >
            <SettlePlanned on={on} account={getAddress(address)} />
          </Section>
        )}
      </RequireDeployment>
    </Page>
  );
}

function SettlePlanned({ on, account }: { on: OnChain; account: Address }) {
  const { answer } = usePlan(account.toLowerCase());
  return (
    <QueryResult of={answer} lines={4}>
      {({ data: { plans, outlet } }) => (
        <ReviewAndSend
          on={on}
          about={`settle/${account}`}
          label="Settle"
          inputs={[[...plans, ...(outlet?.plans ?? [])].flatMap(({ calls }) => calls.map(({ data }) => data))]}
          plan={async (sender) => {
            const claimPlans = [
              ...(await orMessage(readClaimPlans(on.chain, account, plans))),
              // Null, or left out by an older service.
              ...(await orMessage(readOutletPlans(on.chain, account, outlet ?? null))),
            ];
            const releases = [...new Set(claimPlans.flatMap((each) => each.releases))];
            return withAmounts(await settle(on.chain, sender, { releases }));
          }}
        />
      )}
    </QueryResult>
  );
}

const MOST_SHOWN = 20;

/** Adds the amounts that a plan settles to its notes. */
function withAmounts(plan: SettlePlan): SettlePlan {
  const lines = plan.due.flatMap(({ currency, releases }) =>
    releases.map(({ release, amount }) => `Release ${release} settles ${exactText(amount, currency)}.`),
  );
  const more = lines.length - MOST_SHOWN;
  const shown = more > 0 ? [...lines.slice(0, MOST_SHOWN), `And ${countText(more, "more release")}.`] : lines;
  return { ...plan, notes: [...(plan.notes ?? []), ...shown] };
}
