import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Address, getAddress } from "viem";
import { amountText, exactText } from "../../../scripts/anywhere/money.ts";
import { plan } from "../api/questions.ts";
import { Answer, Empty } from "../parts/Answer.tsx";
import { moneyText } from "../parts/Money.tsx";
import { Section } from "../parts/Page.tsx";
import { Table } from "../parts/Table.tsx";
import { useJobs } from "../wallet/jobs.ts";
import type { OnChain } from "../wallet/onChain.ts";
import { useWallet } from "../wallet/useWallet.ts";
import { Act } from "./Act.tsx";
import { collectPlan, type Owed, readOwed } from "./collectPlan.ts";
import { Connect } from "./Connect.tsx";
import { Doing } from "./Doing.tsx";
import { CheckField } from "./Field.tsx";

/** All that an account is owed, and one button that settles and claims it. */
export function Collect({ address }: { address: string }) {
  const query = useQuery(plan(address));
  return (
    <Section title="Collect" about="Settles what is on its way to you, then pays out all of it, to your wallet.">
      <Answer of={query} lines={5}>
        {({ data: { plans } }) => (
          <Doing lines={5}>{(on) => <OwedNow on={on} account={getAddress(address)} plans={plans} />}</Doing>
        )}
      </Answer>
    </Section>
  );
}

type Plans = Parameters<typeof readOwed>[2];

interface OwedNowProps {
  on: OnChain;
  account: Address;
  plans: Plans;
}

function OwedNow({ on, account, plans }: OwedNowProps) {
  const wallet = useWallet(on);
  const [left, setLeft] = useState<readonly string[]>([]);
  const about = `collect/${account}`;
  const hasJob = useJobs().some(({ key }) => key === about);
  const isOwn = "account" in wallet && wallet.account === account;
  const query = useQuery({
    queryKey: ["owed", account, isOwn, plans.flatMap(({ calls }) => calls.map(({ data }) => data))],
    queryFn: () => readOwed(on, account, plans),
    structuralSharing: false,
    enabled: plans.length > 0 && (on.rpc !== undefined || wallet.state === "ready"),
    placeholderData: (before) => before,
    retry: 1,
  });
  if (plans.length === 0 && !hasJob) return <Empty>Nothing is owed to this account at the moment.</Empty>;
  const chosen = query.data?.filter(({ currency }) => !left.includes(currency.address));
  return (
    <>
      {plans.length > 0 &&
        (query.data ? (
          <OwedTable owed={query.data} left={left} setLeft={setLeft} />
        ) : (
          <p>
            The indexer says: <strong>{plans.map(({ pays }) => moneyText(pays)).join(" and ")}</strong> after settling.
          </p>
        ))}
      {query.error && <p className="note warn">{query.error.message}</p>}
      {!isOwn && wallet.state === "none" && !hasJob ? (
        <Connect on={on} />
      ) : !isOwn && wallet.state !== "looking" && !hasJob ? (
        <p className="note">
          This is another account than your wallet's: only {account} itself can have it paid out. Switch the account in
          your wallet if it is yours.
        </p>
      ) : (
        <Act
          on={on}
          about={about}
          label={chosen ? collectPlan(on, account, chosen).title : "Collect"}
          missing="Choose what to collect."
          given={[left, chosen?.map(({ afterSettling }) => String(afterSettling)), plans.length]}
          plan={
            chosen && chosen.length > 0
              ? async (signer) => {
                  const made = collectPlan(on, signer, chosen);
                  return { ...made, notes: chosen.map(gasWords) };
                }
              : undefined
          }
        />
      )}
    </>
  );
}

const gasWords = ({ currency, calls, afterSettling }: Owed): string => {
  const gas = calls.reduce((sum, call) => sum + call.gas, 0n);
  const many = calls.length === 1 ? "1 transaction" : `${calls.length} transactions`;
  return `${amountText(afterSettling, currency)} for about ${gas} gas in ${many}.`;
};

interface OwedTableProps {
  owed: readonly Owed[];
  left: readonly string[];
  setLeft: (left: string[]) => void;
}

function OwedTable({ owed, left, setLeft }: OwedTableProps) {
  const toggle = (address: string, wanted: boolean) =>
    setLeft(wanted ? left.filter((each) => each !== address) : [...left, address]);
  return (
    <>
      <Table
        caption="What is owed, as the contracts tell"
        rows={owed}
        keyOf={({ currency }) => currency.address}
        columns={[
          {
            name: "Currency",
            cell: ({ currency }) =>
              owed.length === 1 ? (
                currency.symbol
              ) : (
                <CheckField
                  label={currency.symbol}
                  value={!left.includes(currency.address)}
                  onChange={(wanted) => toggle(currency.address, wanted)}
                />
              ),
          },
          {
            name: "Claimable now",
            figure: true,
            cell: ({ currency, now }) => <span title={exactText(now, currency)}>{amountText(now, currency)}</span>,
          },
          {
            name: "After settling",
            figure: true,
            cell: ({ currency, afterSettling }) => (
              <strong title={exactText(afterSettling, currency)}>{amountText(afterSettling, currency)}</strong>
            ),
          },
          { name: "Releases to settle", figure: true, wide: true, cell: ({ releases }) => releases.length },
          {
            name: "Gas",
            figure: true,
            wide: true,
            cell: ({ calls }) => String(calls.reduce((sum, { gas }) => sum + gas, 0n)),
          },
        ]}
      />
      <p className="quiet">
        What is claimable now stays yours. The rest is yours once it is settled, and goes with the shares if they are
        sold before.
      </p>
    </>
  );
}
