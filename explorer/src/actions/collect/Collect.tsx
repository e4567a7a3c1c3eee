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
import { RequireDeployment } from "../RequireDeployment.tsx";
import { CheckField } from "../Field.tsx";

/** The button that settles and claims all that an account is owed. */
export function Collect({ address }: { address: string }) {
  const { data } = useQuery(plan(address));
  const account = getAddress(address);
  const begun = useJobs().some(({ key }) => key === aboutCollecting(account));
  const plans = data?.data.plans ?? [];
  if (plans.length === 0 && !begun) return null;
  return (
    <RequireDeployment lines={2}>{(on) => <CollectFrom on={on} account={account} plans={plans} />}</RequireDeployment>
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
  const begun = useJobs().some(({ key }) => key === about);
  const [left, setLeft] = useState<readonly string[]>([]);
  const isOwn = "account" in wallet && wallet.account === account;
  const query = useQuery({
    queryKey: ["owed", account, plans.flatMap(({ calls }) => calls.map(({ data }) => data))],
    queryFn: () => orMessage(readClaimPlans(on.chain, account, plans)),
    structuralSharing: false,
    enabled: plans.length > 0 && wallet.state === "ready" && isOwn,
    placeholderData: (before) => before,
    retry: 1,
  });
  if (!begun && wallet.state === "none") {
    return (
      <>
        <p>If this is your account, connect its wallet to have it paid out.</p>
        <Connect on={on} />
      </>
    );
  }
  if (!begun && wallet.state !== "looking" && !isOwn) {
    return (
      <p className="note">
        Your wallet is connected with another account. Only {account} can have this paid out: if it is yours, switch to
        it in the wallet.
      </p>
    );
  }
  const chosen = query.data?.filter(({ currency }) => !left.includes(currency.address));
  return (
    <>
      {query.error && (
        <p className="note warn" role="alert">
          {query.error.message}
        </p>
      )}
      {query.data && query.data.length > 1 && !begun && (
        <Choice claimPlans={query.data} left={left} setLeft={setLeft} />
      )}
      <ReviewAndSend
        on={on}
        about={about}
        label={chosen ? collectTitle(chosen) : "Collect"}
        missing={query.data && "Choose what to collect."}
        given={[left, chosen?.map(({ pays }) => String(pays))]}
        plan={chosen && chosen.length > 0 ? (signer) => collect(on.chain, signer, { claimPlans: chosen }) : undefined}
      />
    </>
  );
}

interface ChoiceProps {
  claimPlans: readonly ClaimPlan[];
  left: readonly string[];
  setLeft: (left: string[]) => void;
}

/** Lets one leave for later what is not worth its gas. */
function Choice({ claimPlans, left, setLeft }: ChoiceProps) {
  return (
    <fieldset className="choices">
      <legend>What to collect</legend>
      {claimPlans.map(({ currency, pays }) => (
        <CheckField
          key={currency.address}
          label={amountText(pays, currency)}
          value={!left.includes(currency.address)}
          onChange={(wanted) =>
            setLeft(wanted ? left.filter((each) => each !== currency.address) : [...left, currency.address])
          }
        />
      ))}
    </fieldset>
  );
}
