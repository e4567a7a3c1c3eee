import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Address } from "viem";
import { isSend, type Plan } from "#client/plan/plan.ts";
import { proposalText, withoutMessages } from "#client/plan/proposal.ts";
import { simulatePlan } from "#client/plan/simulatePlan.ts";
import { parseAddress } from "#protocol/address.ts";
import { Loading } from "../parts/QueryResult.tsx";
import { errorMessage } from "../wallet/errorMessage.ts";
import { useContractWallet } from "../wallet/lastAccount.ts";
import type { OnChain } from "../wallet/onChain.ts";
import { saveFile } from "../wallet/saveFile.ts";
import { read, TextField } from "./Field.tsx";

interface ProposalButtonsProps {
  on: OnChain;
  /** The account that is to send the transactions. */
  account: Address;
  plan: Plan;
}

/** Buttons that copy or download a plan's transactions, in the form of Safe's Transaction Builder. */
export function ProposalButtons({ on, account, plan }: ProposalButtonsProps) {
  const [notice, setNotice] = useState("");
  if (!plan.steps.some(isSend)) return null;
  /** Hands the transactions over, and shows the notice that `to` returns. */
  const hand = async (to: (text: string) => Promise<string> | string) => {
    try {
      const { chainId } = on.deployment;
      setNotice(await to(proposalText({ chainId, account, plan: await withoutMessages(plan), form: "safe" })));
    } catch (error) {
      setNotice(errorMessage(error));
    }
  };
  return (
    <p className="proposal button-row">
      <button type="button" onClick={() => void hand(copy)}>
        Copy as a Safe transaction
      </button>{" "}
      <button type="button" onClick={() => void hand(download)}>
        Download it
      </button>{" "}
      <span role="status">{notice}</span>
    </p>
  );
}

const FILE = "safe-transaction.json";

function download(text: string): string {
  saveFile(FILE, text);
  return `Downloaded ${FILE}.`;
}

async function copy(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return "Copied.";
  } catch {
    // Only a page from a trusted origin has a clipboard, and the browser may refuse access to it.
    return "Copying is blocked: download it instead.";
  }
}

interface PreparedProps {
  on: OnChain;
  /** A key of the subject. */
  about: string;
  plan: (account: Address) => Promise<Plan>;
  /** Everything that the plan depends on: a change makes a new plan. */
  inputs: readonly unknown[];
  account: Address;
}

interface ForContractWalletProps extends Omit<PreparedProps, "account"> {
  /** The contract wallet, if only one account can act. Default: its address is typed. */
  account?: Address;
}

/** Preparation of an action for a contract wallet. No wallet needs to be connected. */
export function ForContractWallet({ account: only, ...rest }: ForContractWalletProps) {
  const remembered = useContractWallet();
  const [isOpen, setOpen] = useState(only === undefined && remembered !== undefined);
  const [text, setText] = useState(remembered ?? "");
  const typed = read(text, (address) => parseAddress(address, "The contract wallet"));
  const account = only ?? typed.value;
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>For a contract wallet (Safe)</summary>
      <p>
        The owners of a contract wallet execute its transactions in the wallet's own app. Copy or download them here,
        and load them there: for a Safe, in the Transaction Builder.
      </p>
      {only === undefined && (
        <TextField
          label="Contract wallet"
          hint="The address of the account that is to act."
          placeholder="0x…"
          maxLength={42}
          value={text}
          onChange={setText}
          error={typed.error}
          grow
        />
      )}
      {isOpen && account && <Prepared {...rest} account={account} />}
    </details>
  );
}

function Prepared({ on, about, plan: makePlan, inputs, account }: PreparedProps) {
  const { data, error } = useQuery({
    queryKey: ["proposal", about, account, ...inputs],
    queryFn: async () => {
      const plan = await withoutMessages(await makePlan(account));
      await simulatePlan(on.chain, account, plan, { paysGas: false });
      return plan;
    },
    retry: false,
    structuralSharing: false,
  });
  if (error) {
    return (
      <p className="note warn" role="alert">
        {errorMessage(error)}
      </p>
    );
  }
  if (!data) return <Loading lines={3} />;
  return (
    <>
      <ol className="steps">
        {data.steps.map(({ does }) => (
          <li key={does}>{does}</li>
        ))}
      </ol>
      {data.notes?.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {data.warnings?.map((warning) => (
        <p key={warning} className="note warn">
          {warning}
        </p>
      ))}
      <ProposalButtons on={on} account={account} plan={data} />
    </>
  );
}
