import { useState } from "react";
import { sweep } from "#client/acts/governing/sweep.ts";
import { withdrawCommons } from "#client/acts/governing/withdrawCommons.ts";
import { parseAddress } from "#protocol/address.ts";
import { parsePayment } from "#protocol/money.ts";
import { Page, Section } from "../../parts/frame/Page.tsx";
import { href } from "../../router.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import { ChoiceField, read, TextField } from "../Field.tsx";
import { currencyLabel } from "../pay/currencyLabel.ts";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";

const BACK = <a href={href("/governance")}>Governance</a>;

export function SweepPage() {
  return (
    <Page
      title="Sweep the commons"
      eyebrow={BACK}
      lead="Adds the commons' part of all settled income to the credit of its beneficiary. Anyone can do this."
    >
      <RequireDeployment>
        {(on) => (
          <Section title="Sweep">
            <ReviewAndSend
              on={on}
              about="sweep"
              label="Sweep"
              inputs={[]}
              plan={async (account) => sweep(on.chain, account, {})}
            />
          </Section>
        )}
      </RequireDeployment>
    </Page>
  );
}

export function WithdrawCommonsPage() {
  return (
    <Page
      title="Withdraw the commons"
      eyebrow={BACK}
      lead="Only the beneficiary can do this. If it is the timelock, a proposer schedules the withdrawal."
    >
      <RequireDeployment>{(on) => <WithdrawForm on={on} />}</RequireDeployment>
    </Page>
  );
}

function WithdrawForm({ on }: { on: OnChain }) {
  const { currencies } = on.deployment;
  const [key, setKey] = useState<string>(currencies[0]?.address ?? "");
  const [text, setText] = useState("");
  const [recipient, setRecipient] = useState("");
  const currency = currencies.find(({ address }) => address === key);
  const amount = read(text, (typed) => (currency ? parsePayment(typed, currency) : 0n));
  const to = read(recipient, (typed) => parseAddress(typed, "The account"));
  const isComplete = currency && amount.error === undefined && to.error === undefined;
  return (
    <>
      <form className="fields" aria-label="Withdrawal" onSubmit={(event) => event.preventDefault()}>
        <ChoiceField
          label="Currency"
          value={key}
          onChange={setKey}
          options={currencies.map((each) => [each.address, currencyLabel(each, currencies)])}
        />
        <TextField
          label="Amount"
          hint="Leave it empty for all of the credit."
          inputMode="decimal"
          maxLength={60}
          value={text}
          onChange={setText}
          error={amount.error}
        />
        <TextField
          label="Account to pay"
          hint="Leave it empty to pay the beneficiary, if it is the account that signs."
          grow
          placeholder="0x…"
          maxLength={42}
          value={recipient}
          onChange={setRecipient}
          error={to.error}
        />
      </form>
      <Section title="Withdraw">
        <ReviewAndSend
          on={on}
          about="withdraw-commons"
          label="Withdraw"
          inputs={[key, text, recipient]}
          plan={
            isComplete
              ? async (account) =>
                  withdrawCommons(on.chain, account, { currency, amount: amount.value ?? "all", to: to.value })
              : undefined
          }
          missing="Correct the amount and the account."
        />
      </Section>
    </>
  );
}
