import { useState } from "react";
import { deposit } from "#client/acts/paying/deposit.ts";
import { parseAddress } from "#protocol/address.ts";
import { Page, Section } from "../../parts/frame/Page.tsx";
import type { OnChain } from "../../wallet/onChain.ts";
import { AddressField } from "../AddressField.tsx";
import { read } from "../Field.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { MoneyFields, useMoneyForm } from "./MoneyFields.tsx";

export function DepositPage() {
  return (
    <Page
      title="Deposit credit"
      lead="Credit is money in the ledger. Its account pays fees from it without another approval, and can withdraw it at any time."
    >
      <RequireDeployment>{(on) => <DepositForm on={on} />}</RequireDeployment>
    </Page>
  );
}

function DepositForm({ on }: { on: OnChain }) {
  const form = useMoneyForm(on);
  const [recipient, setRecipient] = useState("");
  const to = read(recipient, (text) => parseAddress(text, "The account"));
  const { currency, amount } = form;
  return (
    <>
      <form className="fields" aria-label="Deposit" onSubmit={(event) => event.preventDefault()}>
        <MoneyFields on={on} form={form} />
        <AddressField
          on={on}
          label="Account (optional)"
          hint="The account that gets the credit. Default: your own."
          what="The account"
          purpose="credit"
          value={recipient}
          onChange={setRecipient}
        />
      </form>
      <Section title="Deposit">
        <ReviewAndSend
          on={on}
          about="deposit"
          label="Deposit"
          missing={to.error ? "The account is not valid." : "Enter an amount."}
          inputs={[...form.inputs, recipient]}
          plan={
            amount === undefined || to.error
              ? undefined
              : (account) => deposit(on.chain, account, { currency, amount, to: to.value ?? account })
          }
        />
      </Section>
    </>
  );
}
