import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useId, useRef } from "react";
import type { Address } from "viem";
import type { Plan } from "#client/plan/plan.ts";
import { type PlanCost, simulatePlan } from "#client/plan/simulatePlan.ts";
import { gasTextOf } from "#client/transactions/gasText.ts";
import { isContract } from "#client/signing/accountKind.ts";
import { amountText, exactText } from "#protocol/money.ts";
import { Loading } from "../parts/QueryResult.tsx";
import { AccountLink } from "../parts/links.tsx";
import { isUnderWay, jobs, useJobs } from "../wallet/jobs.ts";
import { useContractWallet } from "../wallet/lastAccount.ts";
import type { OnChain } from "../wallet/onChain.ts";
import { run } from "../wallet/run.ts";
import { useWallet } from "../wallet/useWallet.ts";
import { errorMessage } from "../wallet/errorMessage.ts";
import { Connect, Switch } from "./Connect.tsx";
import { Progress } from "./Progress.tsx";
import { ForContractWallet, ProposalButtons } from "./Proposal.tsx";

interface ReviewAndSendProps {
  on: OnChain;
  /** A key of the subject. A job with this key is not started while another one is unfinished. */
  about: string;
  /** The label of the button that starts the plan. */
  label: string;
  /** Makes the plan; undefined while the form is incomplete. */
  plan: ((account: Address) => Promise<Plan>) | undefined;
  /** Everything that the plan depends on: a change makes a new plan. */
  inputs: readonly unknown[];
  /** Shown while there is no plan. */
  missing?: ReactNode;
  /** True if only the connected account can act. Default: it can be prepared for any contract wallet. */
  isForOneAccount?: boolean;
}

/** Shows a plan with its cost and the button that starts it, then its progress and outcome. */
export function ReviewAndSend(props: ReviewAndSendProps) {
  const { on, about, label, plan, inputs, missing, isForOneAccount = false } = props;
  const wallet = useWallet(on);
  const job = useJobs().find(({ key }) => key === about);
  useForgetEnded(about);
  return (
    <div>
      {job ? (
        <Progress of={job} on={on} />
      ) : wallet.state === "reconnecting" ? (
        <p role="status">Looking for your wallet…</p>
      ) : wallet.state === "disconnected" ? (
        <Connect on={on} />
      ) : wallet.state === "wrongNetwork" ? (
        <Switch on={on} chainId={wallet.chainId} />
      ) : plan ? (
        <Review {...{ on, about, label, plan, inputs, isForOneAccount, account: wallet.account }} />
      ) : (
        missing && <p className="quiet">{missing}</p>
      )}
      {plan && !job && !isForOneAccount && <ForContractWallet {...{ on, about, plan, inputs }} />}
    </div>
  );
}

/** Forgets an ended job when the reader leaves the page. */
function useForgetEnded(about: string): void {
  useEffect(
    () => () => {
      for (const job of jobs.all()) if (job.key === about && !isUnderWay(job)) jobs.forget(job.id);
    },
    [about],
  );
}

type ReviewProps = Required<Omit<ReviewAndSendProps, "missing" | "plan">> & {
  plan: (account: Address) => Promise<Plan>;
  account: Address;
};

function Review({ on, about, label, plan: makePlan, inputs, account, isForOneAccount }: ReviewProps) {
  const queries = useQueryClient();
  const heading = useId();
  const query = useQuery({
    queryKey: ["review", about, account, ...inputs],
    queryFn: async () => {
      const plan = await makePlan(account);
      const paysGas = !(await isContract(on.chain.client, account));
      return { plan, cost: await simulatePlan(on.chain, account, plan, { paysGas }) };
    },
    retry: false,
    structuralSharing: false,
  });
  const busy = useJobs().find((job) => isUnderWay(job) && job.account === account && job.phase !== "mined");
  const top = useRef<HTMLHeadingElement>(null);
  const { data, error, isFetching } = query;
  const isForContract = useContractWallet() !== undefined && !isForOneAccount;
  if (error) {
    return (
      <div className={isForContract ? "note" : "note warn"} role="alert">
        <p>
          {isForContract && "For the connected account itself: "}
          {errorMessage(error)}
        </p>
        <button type="button" disabled={isFetching} onClick={() => void query.refetch()}>
          Try again
        </button>
      </div>
    );
  }
  if (!data) return <Loading lines={4} />;
  const { plan, cost } = data;
  if (plan.steps.length === 0) {
    return (
      <>
        {plan.notes?.map((note) => (
          <p key={note}>{note}</p>
        ))}
        <button type="button" disabled={isFetching} onClick={() => void query.refetch()}>
          Check again
        </button>
      </>
    );
  }
  return (
    <section className="review" aria-labelledby={heading}>
      <h3 id={heading} ref={top} tabIndex={-1}>
        Before you sign
      </h3>
      <ol className="steps">
        {plan.steps.map(({ does }) => (
          <li key={does}>{does}</li>
        ))}
      </ol>
      {plan.notes?.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {plan.warnings?.map((warning) => (
        <p key={warning} className="note warn">
          {warning}
        </p>
      ))}
      <CostLine on={on} cost={cost} />
      <p className="quiet">
        You sign as <AccountLink address={account.toLowerCase()} /> on {on.network.title}.
      </p>
      <button
        type="button"
        className="primary"
        disabled={busy !== undefined}
        onClick={() => void run(on, { account, plan, key: about, price: cost.price, queries })}
      >
        {label}
      </button>
      <ProposalButtons on={on} account={account} plan={plan} />
      {busy && (
        <p className="quiet">
          Another transaction of yours is in progress: “{busy.title}”. Wait until it is in a block.
        </p>
      )}
    </section>
  );
}

function CostLine({ on: { network }, cost }: { on: OnChain; cost: PlanCost }) {
  if (cost.gas === 0n) return <p>Gas: none. You only sign a message.</p>;
  return (
    <>
      <p>
        Gas: about{" "}
        <span title={exactText(cost.costWei, network.native)}>{amountText(roundUp(cost.costWei), network.native)}</span>{" "}
        ({gasTextOf(cost.sends)}), at most {amountText(roundUp(cost.mostWei), network.native)} if the gas price rises.
      </p>
      {cost.price?.notes?.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </>
  );
}

/** Rounds up to three significant digits. */
function roundUp(wei: bigint): bigint {
  const step = 10n ** BigInt(Math.max(0, String(wei).length - 3));
  return ((wei + step - 1n) / step) * step;
}
