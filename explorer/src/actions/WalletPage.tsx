import { useDisconnect } from "wagmi";
import { amountText } from "#protocol/money.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { parseAddress } from "#protocol/address.ts";
import { Fact, Facts } from "../parts/figures/Facts.tsx";
import { AccountLink } from "../parts/links.tsx";
import { Page, Section } from "../parts/frame/Page.tsx";
import { href } from "../router.ts";
import { PHASE_NAMES, useJobs } from "../wallet/jobs.ts";
import { contractWallet, useContractWallet } from "../wallet/lastAccount.ts";
import type { OnChain } from "../wallet/onChain.ts";
import { useWallet } from "../wallet/useWallet.ts";
import { Connect, Switch } from "./Connect.tsx";
import { read, TextField } from "./Field.tsx";
import { RequireDeployment } from "./RequireDeployment.tsx";
import { Outcomes } from "./Progress.tsx";

export function WalletPage() {
  return (
    <Page
      title="Wallet"
      lead="You can read everything without a wallet. Connect one to pay, collect, register or publish."
    >
      <RequireDeployment>{(on) => <WalletBody on={on} />}</RequireDeployment>
      <ContractWallet />
    </Page>
  );
}

function WalletBody({ on }: { on: OnChain }) {
  const wallet = useWallet(on);
  const { mutate: disconnect } = useDisconnect({ config: on.config });
  if (wallet.state === "reconnecting") return <p role="status">Looking for your wallet…</p>;
  if (wallet.state === "disconnected") return <Connect on={on} />;
  return (
    <>
      <Facts>
        <Fact name="Account">
          <AccountLink address={wallet.account.toLowerCase()} />
        </Fact>
        <Fact name="Network">{wallet.state === "ready" ? on.network.title : "another network"}</Fact>
        {wallet.state === "ready" && <Balance on={on} account={wallet.account} />}
      </Facts>
      {wallet.state === "wrongNetwork" && <Switch on={on} chainId={wallet.chainId} />}
      <p className="button-row">
        <a className="button primary" href={href(`/accounts/${wallet.account.toLowerCase()}`)}>
          View and collect earnings
        </a>{" "}
        <a className="button" href={href("/register")}>
          Register an asset
        </a>{" "}
        <button type="button" onClick={() => disconnect({})}>
          Disconnect
        </button>
      </p>
      <History />
    </>
  );
}

function Balance({ on, account }: { on: OnChain; account: `0x${string}` }) {
  const { data } = useQuery({
    queryKey: ["balance", account],
    queryFn: () => on.chain.client.getBalance({ address: account }),
    structuralSharing: false,
  });
  const { native } = on.network;
  return <Fact name={`${native.symbol} for gas`}>{data === undefined ? "…" : amountText(data, native)}</Fact>;
}

/** Field for a contract wallet. Pages then show what it can do, as for a connected account. */
function ContractWallet() {
  const [text, setText] = useState(useContractWallet() ?? "");
  const { error } = read(text, (address) => parseAddress(address, "The contract wallet"));
  const change = (next: string) => {
    setText(next);
    contractWallet.set(read(next, (address) => parseAddress(address, "The contract wallet")).value);
  };
  return (
    <Section
      title="Contract wallet"
      about="If you act for a contract wallet (Safe), enter its address. Pages then show what it can do with what it owns, and prepare the transactions for its own app. Only this browser remembers it."
    >
      <div className="fields">
        <TextField
          label="Address of the contract wallet"
          placeholder="0x…"
          maxLength={42}
          value={text}
          onChange={change}
          error={error}
          grow
        />
      </div>
    </Section>
  );
}

/** Recent jobs of this browser. */
function History() {
  const all = useJobs();
  if (all.length === 0) return null;
  return (
    <Section title="Recent actions in this browser">
      <ul className="outcomes">
        {all.map((job) => (
          <li key={job.id}>
            <a href={job.where}>{job.title}</a>: {PHASE_NAMES[job.phase].toLowerCase()}.{" "}
            {job.phase === "stopped" && job.says}
            <Outcomes of={job.outcomes} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
