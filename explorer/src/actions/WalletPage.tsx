import { useDisconnect } from "wagmi";
import { amountText } from "#protocol/money.ts";
import { useQuery } from "@tanstack/react-query";
import { Fact, Facts } from "../parts/figures/Facts.tsx";
import { AccountLink } from "../parts/links.tsx";
import { Page, Section } from "../parts/frame/Page.tsx";
import { href } from "../router.ts";
import { PHASE_NAMES, useJobs } from "../wallet/jobs.ts";
import type { OnChain } from "../wallet/onChain.ts";
import { useWallet } from "../wallet/useWallet.ts";
import { Connect, Switch } from "./Connect.tsx";
import { RequireDeployment } from "./RequireDeployment.tsx";
import { Outcomes } from "./Progress.tsx";

export function WalletPage() {
  return (
    <Page
      title="Wallet"
      lead="You can read everything without a wallet. Connect one to pay, collect, register or publish."
    >
      <RequireDeployment>{(on) => <WalletBody on={on} />}</RequireDeployment>
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
