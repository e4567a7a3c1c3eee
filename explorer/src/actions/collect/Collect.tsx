import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Address, getAddress } from "viem";
import { collect, collectTitle } from "#client/acts/collecting/collect.ts";
import { type ClaimPlan, readClaimPlans, readOutletPlans } from "#client/acts/collecting/readClaimPlans.ts";
import { amountText } from "#protocol/money.ts";
import type { Schemas } from "../../api/client.ts";
import { useJobs } from "../../wallet/jobs.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import { useWallet } from "../../wallet/useWallet.ts";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { orMessage } from "../../wallet/errorMessage.ts";
import { Connect } from "../Connect.tsx";
import { ForContractWallet } from "../Proposal.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { CheckField } from "../Field.tsx";
import { AmountsDue } from "./AmountsDue.tsx";
import { usePlan } from "./usePlan.ts";

/** Amounts that an account can collect, with the plan and the button that settle and claim them. */
export function Collect({ address }: { address: string }) {
  const [isAll, setIsAll] = useState(false);
  const { answer: worth, query } = usePlan(address);
  const { answer: everything } = usePlan(address, { all: true, enabled: isAll });
  const account = getAddress(address);
  const hasJob = useJobs().some(({ key }) => key === aboutCollecting(account));
  const leftOutCount = plansOf(worth.data?.data).reduce((sum, each) => sum + each.leftOutCount, 0);
  const chosen = isAll && leftOutCount > 0 ? everything.data?.data : worth.data?.data;
  const isWorth = plansOf(chosen).some(({ calls }) => calls.length > 0);
  const due = <AmountsDue address={address} plan={worth} query={query} />;
  // An outlet collects nothing itself: its account's page and the page Pass on do.
  const isOutlet = worth.data?.data.outlet?.outlet === address;
  if ((!isWorth && leftOutCount === 0 && !hasJob) || isOutlet) return due;
  return (
    <>
      {due}
      <RequireDeployment lines={2}>
        {(on) => (
          <>
            {leftOutCount > 0 && !hasJob && (
              <CheckField
                label="Also collect what is left out, although it costs more than it brings"
                value={isAll}
                onChange={setIsAll}
              />
            )}
            {(isWorth || hasJob) && <CollectFrom on={on} account={account} plan={chosen} />}
          </>
        )}
      </RequireDeployment>
    </>
  );
}

/** Lists an account's plans, with those through its outlet, in each currency. */
const plansOf = (plan: Schemas["Plan"] | undefined) => [...(plan?.plans ?? []), ...(plan?.outlet?.plans ?? [])];

const withCalls = (plans: readonly Schemas["CurrencyPlan"][]) => plans.filter(({ calls }) => calls.length > 0);

/** Decodes and checks the calls of a plan, and reads what they pay. */
async function checkedPlans({ chain }: OnChain, account: Address, { plans, outlet }: Schemas["Plan"]) {
  return [
    ...(await orMessage(readClaimPlans(chain, account, withCalls(plans)))),
    // Null, or left out by an older service.
    ...(await orMessage(
      readOutletPlans(chain, account, outlet == null ? null : { ...outlet, plans: withCalls(outlet.plans) }),
    )),
  ];
}

const aboutCollecting = (account: Address) => `collect/${account}`;

interface CollectFromProps {
  on: OnChain;
  account: Address;
  plan: Schemas["Plan"] | undefined;
}

function CollectFrom({ on, account, plan }: CollectFromProps) {
  const wallet = useWallet(on);
  const about = aboutCollecting(account);
  const hasJob = useJobs().some(({ key }) => key === about);
  const [excluded, setExcluded] = useState<readonly string[]>([]);
  const isOwn = "account" in wallet && wallet.account === account;
  const query = useQuery({
    queryKey: ["owed", account, plansOf(plan).flatMap(({ calls }) => calls.map(({ data }) => data))],
    queryFn: async () => (plan ? checkedPlans(on, account, plan) : []),
    structuralSharing: false,
    enabled: plan !== undefined && wallet.state === "ready" && isOwn,
    placeholderData: (before) => before,
    retry: 1,
  });
  const forContractWallet = (
    <ForContractWallet
      {...{ on, about, account }}
      inputs={[plan]}
      plan={async () => collect(on.chain, account, { claimPlans: plan ? await checkedPlans(on, account, plan) : [] })}
    />
  );
  if (!hasJob && wallet.state === "disconnected") {
    return (
      <>
        <p>Is this your account? Connect its wallet to see the cost and to collect.</p>
        <Connect on={on} />
        {forContractWallet}
      </>
    );
  }
  if (!hasJob && wallet.state !== "reconnecting" && !isOwn) {
    return (
      <>
        <p className="note">
          Your wallet uses another account. Only {account} can collect this. If that account is yours, switch to it in
          the wallet.
        </p>
        {forContractWallet}
      </>
    );
  }
  const claimPlans = query.data?.filter((each) => !excluded.includes(keyOf(each)));
  return (
    <>
      {query.error && (
        <p className="note warn" role="alert">
          {query.error.message}
        </p>
      )}
      {query.data && query.data.length > 1 && !hasJob && (
        <Choice claimPlans={query.data} excluded={excluded} setExcluded={setExcluded} />
      )}
      <ReviewAndSend
        on={on}
        about={about}
        label={claimPlans ? collectTitle(claimPlans) : "Collect"}
        missing={query.data && "Select at least one amount."}
        isForOneAccount
        inputs={[excluded, claimPlans?.map(({ pays }) => String(pays))]}
        plan={claimPlans && claimPlans.length > 0 ? (signer) => collect(on.chain, signer, { claimPlans }) : undefined}
      />
    </>
  );
}

/** Key of a claim plan: there may be two in one currency, one of them through the outlet. */
const keyOf = ({ currency, outlet }: ClaimPlan) => `${currency.address}${outlet ? " through the outlet" : ""}`;

interface ChoiceProps {
  claimPlans: readonly ClaimPlan[];
  /** Keys of the plans that are not carried out now. */
  excluded: readonly string[];
  setExcluded: (excluded: string[]) => void;
}

/** Choice of the amounts to collect: an amount that is not worth its gas can wait. */
function Choice({ claimPlans, excluded, setExcluded }: ChoiceProps) {
  return (
    <fieldset className="choices">
      <legend>Amounts to collect</legend>
      {claimPlans.map((claimPlan) => {
        const { currency, outlet, pays } = claimPlan;
        const key = keyOf(claimPlan);
        return (
          <CheckField
            key={key}
            label={`${amountText(pays, currency)}${outlet ? ", through your outlet" : ""}`}
            value={!excluded.includes(key)}
            onChange={(isChecked) =>
              setExcluded(isChecked ? excluded.filter((each) => each !== key) : [...excluded, key])
            }
          />
        );
      })}
    </fieldset>
  );
}
