import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Address, getAddress } from "viem";
import { collect, collectTitle } from "#client/acts/collecting/collect.ts";
import { type ClaimPlan, readClaimPlans } from "#client/acts/collecting/readClaimPlans.ts";
import { amountText } from "#protocol/money.ts";
import type { Schemas } from "../../api/client.ts";
import { plan } from "../../api/questions.ts";
import { useJobs } from "../../wallet/jobs.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import { useWallet } from "../../wallet/useWallet.ts";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { orMessage } from "../../wallet/errorMessage.ts";
import { Connect } from "../Connect.tsx";
import { ForContractWallet } from "../Proposal.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { CheckField } from "../Field.tsx";

/** Plan and button that settle and claim everything that an account can collect. */
export function Collect({ address }: { address: string }) {
  const [isAll, setIsAll] = useState(false);
  const worth = useQuery(plan(address));
  const everything = useQuery({ ...plan(address, { all: true }), enabled: isAll });
  const account = getAddress(address);
  const hasJob = useJobs().some(({ key }) => key === aboutCollecting(account));
  const leftOutCount = (worth.data?.data.plans ?? []).reduce((sum, each) => sum + each.leftOutCount, 0);
  const chosen = isAll && leftOutCount > 0 ? everything : worth;
  const plans = (chosen.data?.data.plans ?? []).filter(({ calls }) => calls.length > 0);
  if (plans.length === 0 && leftOutCount === 0 && !hasJob) return null;
  return (
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
          {(plans.length > 0 || hasJob) && <CollectFrom on={on} account={account} plans={plans} />}
        </>
      )}
    </RequireDeployment>
  );
}

const aboutCollecting = (account: Address) => `collect/${account}`;

interface CollectFromProps {
  on: OnChain;
  account: Address;
  plans: readonly Schemas["CurrencyPlan"][];
}

function CollectFrom({ on, account, plans }: CollectFromProps) {
  const wallet = useWallet(on);
  const about = aboutCollecting(account);
  const hasJob = useJobs().some(({ key }) => key === about);
  const [excluded, setExcluded] = useState<readonly string[]>([]);
  const isOwn = "account" in wallet && wallet.account === account;
  const query = useQuery({
    queryKey: ["owed", account, plans.flatMap(({ calls }) => calls.map(({ data }) => data))],
    queryFn: () => orMessage(readClaimPlans(on.chain, account, plans)),
    structuralSharing: false,
    enabled: plans.length > 0 && wallet.state === "ready" && isOwn,
    placeholderData: (before) => before,
    retry: 1,
  });
  const forContractWallet = (
    <ForContractWallet
      {...{ on, about, account }}
      inputs={[plans]}
      plan={async () =>
        collect(on.chain, account, { claimPlans: await orMessage(readClaimPlans(on.chain, account, plans)) })
      }
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
  const claimPlans = query.data?.filter(({ currency }) => !excluded.includes(currency.address));
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

interface ChoiceProps {
  claimPlans: readonly ClaimPlan[];
  /** Currencies that are not collected now. */
  excluded: readonly string[];
  setExcluded: (excluded: string[]) => void;
}

/** Choice of the amounts to collect: an amount that is not worth its gas can wait. */
function Choice({ claimPlans, excluded, setExcluded }: ChoiceProps) {
  return (
    <fieldset className="choices">
      <legend>Amounts to collect</legend>
      {claimPlans.map(({ currency, pays }) => (
        <CheckField
          key={currency.address}
          label={amountText(pays, currency)}
          value={!excluded.includes(currency.address)}
          onChange={(isChecked) =>
            setExcluded(
              isChecked ? excluded.filter((each) => each !== currency.address) : [...excluded, currency.address],
            )
          }
        />
      ))}
    </fieldset>
  );
}
