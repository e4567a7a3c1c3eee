import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { withdraw } from "#client/acts/paying/withdraw.ts";
import { parseAddress } from "#protocol/address.ts";
import { exactText } from "#protocol/money.ts";
import { Page, Section } from "../../parts/frame/Page.tsx";
import type { OnChain } from "../../wallet/onChain.ts";
import { useWallet } from "../../wallet/useWallet.ts";
import { AddressField } from "../AddressField.tsx";
import { CheckField, read } from "../Field.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { MoneyFields, useMoneyForm } from "./MoneyFields.tsx";

export function WithdrawPage() {
  return (
    <Page
      title="Withdraw credit"
      lead="Credit is money in the ledger: deposits, and what was claimed to credit. Only its account can withdraw it."
    >
      <RequireDeployment>{(on) => <WithdrawForm on={on} />}</RequireDeployment>
    </Page>
  );
}

function WithdrawForm({ on }: { on: OnChain }) {
  const form = useMoneyForm(on);
  const [isAll, setIsAll] = useState(false);
  const [recipient, setRecipient] = useState("");
  const wallet = useWallet(on);
  const own = wallet.state === "ready" ? wallet.account : undefined;
  const { currency } = form;
  const unit = currency ?? on.network.native;
  const token = currency ?? on.deployment.wrapped;
  const credit = useQuery({
    queryKey: ["credit", own, token?.address],
    queryFn: () => (own && token ? on.chain.ledger.read.creditOf([own, token.address]) : 0n),
    enabled: own !== undefined && token !== undefined,
    structuralSharing: false,
  });
  const to = read(recipient, (text) => parseAddress(text, "The recipient"));
  const amount = isAll ? "all" : form.amount;
  return (
    <>
      <form className="fields" aria-label="Withdraw" onSubmit={(event) => event.preventDefault()}>
        <MoneyFields
          on={on}
          form={form}
          isAll={isAll}
          hint={credit.data === undefined ? undefined : `Your credit is ${exactText(credit.data, unit)}.`}
        />
        <CheckField label="All of it" value={isAll} onChange={setIsAll} />
        <AddressField
          on={on}
          label="Recipient (optional)"
          hint="The account that is paid. Default: your own."
          what="The recipient"
          purpose={currency ? "tokens" : "native"}
          value={recipient}
          onChange={setRecipient}
        />
      </form>
      <Section title="Withdraw">
        <ReviewAndSend
          on={on}
          about="withdraw"
          label="Withdraw"
          missing={to.error ? "The recipient is not valid." : "Enter an amount, or choose all of it."}
          inputs={[...form.inputs, isAll, recipient]}
          plan={
            amount === undefined || to.error
              ? undefined
              : (account) => withdraw(on.chain, account, { currency, amount, to: to.value ?? account })
          }
        />
      </Section>
    </>
  );
}
