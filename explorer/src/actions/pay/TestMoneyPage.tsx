import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Address, createPublicClient, getAddress, http } from "viem";
import { faucet, FAUCET_AMOUNT, giveGasMoney, needsGasMoney } from "#client/acts/paying/faucet.ts";
import { addressFault } from "#protocol/address.ts";
import { amountText, type Currency, parsePayment } from "#protocol/money.ts";
import { askAgain } from "../../api/askAgain.ts";
import { MisspeltAddressPage, NotFoundPage } from "../../pages/NotFoundPage.tsx";
import { Page, Section } from "../../parts/frame/Page.tsx";
import { AccountLink } from "../../parts/links.tsx";
import { QueryResult } from "../../parts/QueryResult.tsx";
import { errorMessage, orMessage } from "../../wallet/errorMessage.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import { useWallet } from "../../wallet/useWallet.ts";
import { ChoiceField, read, TextField } from "../Field.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { currencyLabel } from "./currencyLabel.ts";
import { testMoney } from "./testMoney.ts";

export function TestMoneyPage({ param }: { param: string }) {
  const fault = addressFault(param);
  if (fault !== undefined) return fault === "checksum" ? <MisspeltAddressPage /> : <NotFoundPage />;
  const to = getAddress(param);
  return (
    <Page
      key={to}
      title="Get test money"
      eyebrow={<AccountLink address={to.toLowerCase()} />}
      lead="Mints money for this account in a currency that lets anyone mint it. Such money is worth nothing."
    >
      <RequireDeployment>{(on) => <TestMoney on={on} to={to} />}</RequireDeployment>
    </Page>
  );
}

function TestMoney({ on, to }: { on: OnChain; to: Address }) {
  const query = useQuery(testMoney(on, to));
  return (
    <QueryResult of={query} lines={4}>
      {(currencies) =>
        currencies.length === 0 ? (
          <p className="note">No currency of this ledger lets anyone mint it. Get money from its issuer.</p>
        ) : (
          <>
            <GasMoney on={on} />
            <MintForm on={on} to={to} currencies={currencies} />
          </>
        )
      }
    </QueryResult>
  );
}

function MintForm({ on, to, currencies }: { on: OnChain; to: Address; currencies: readonly Currency[] }) {
  const [key, setKey] = useState<string>(currencies[0]?.address ?? "");
  const [text, setText] = useState(String(FAUCET_AMOUNT));
  const currency = currencies.find(({ address }) => address === key);
  const amount = read(text, (input) => currency && parsePayment(input, currency));
  const { value } = amount;
  return (
    <>
      <form className="fields" aria-label="Test money" onSubmit={(event) => event.preventDefault()}>
        <TextField
          label="Amount"
          inputMode="decimal"
          maxLength={60}
          value={text}
          onChange={setText}
          error={amount.error}
        />
        <ChoiceField
          label="Currency"
          value={key}
          onChange={setKey}
          options={currencies.map((each) => [each.address, currencyLabel(each, currencies)])}
        />
      </form>
      <Section title="Mint">
        <ReviewAndSend
          on={on}
          about={`test-money/${to}`}
          label="Get test money"
          missing="Enter an amount."
          inputs={[to, key, text]}
          plan={
            currency && value !== undefined
              ? (account) => faucet(on.chain, account, { to, currency, amount: value })
              : undefined
          }
        />
      </Section>
    </>
  );
}

/** On a development chain: a button that gives the connected account native money for gas, if it has none. */
function GasMoney({ on }: { on: OnChain }) {
  const wallet = useWallet(on);
  return wallet.state === "ready" && on.rpc !== undefined ? (
    <GasMoneyFor on={on} rpc={on.rpc} account={wallet.account} />
  ) : null;
}

function GasMoneyFor({ on, rpc, account }: { on: OnChain; rpc: string; account: Address }) {
  const queries = useQueryClient();
  const [says, setSays] = useState<string>();
  const needs = useQuery({
    queryKey: ["needs gas money", account],
    queryFn: () => orMessage(needsGasMoney(on.chain, account)),
  });
  if (says !== undefined) return <p role="status">{says}</p>;
  if (!needs.data) return null;
  const { native } = on.network;
  const give = async () => {
    // Asked of the node itself: wallets do not forward this request.
    const node = createPublicClient({ transport: http(rpc) });
    try {
      const amount = await giveGasMoney(account, (method, params) => node.request({ method, params } as never));
      setSays(`Your account now has ${amountText(amount, native)} for gas.`);
      await askAgain(queries);
    } catch (error) {
      setSays(errorMessage(error));
    }
  };
  return (
    <p className="note">
      Your account has no {native.symbol} for gas.{" "}
      <button type="button" onClick={() => void give()}>
        Get {native.symbol} for gas
      </button>
    </p>
  );
}
