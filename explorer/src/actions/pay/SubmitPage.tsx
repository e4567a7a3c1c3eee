import { useState } from "react";
import { submit } from "#client/acts/paying/submit.ts";
import { parseSignedPayment, type SignedPayment } from "#client/signing/signedPaymentFile.ts";
import { exactText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import { Page, Section } from "../../parts/frame/Page.tsx";
import { errorMessage } from "../../wallet/errorMessage.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import { FileField } from "../Field.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";

export function SubmitPage() {
  return (
    <Page
      title="Submit a signed payment"
      lead="A payer signed a fee and gave you the file. Anyone may submit it, once: the payer's money pays the fee, and you pay the gas."
    >
      <RequireDeployment>{(on) => <SubmitForm on={on} />}</RequireDeployment>
    </Page>
  );
}

interface Chosen {
  payment?: SignedPayment;
  error?: string;
}

function SubmitForm({ on }: { on: OnChain }) {
  const [{ payment, error }, setChosen] = useState<Chosen>({});
  const choose = (text: string, name: string) => {
    try {
      setChosen({ payment: parse(on, text, name) });
    } catch (reason) {
      setChosen({ error: errorMessage(reason) });
    }
  };
  const currency = on.deployment.currencies.find(
    ({ address }) => address.toLowerCase() === payment?.currency.toLowerCase(),
  );
  return (
    <>
      <form className="fields" aria-label="Signed payment" onSubmit={(event) => event.preventDefault()}>
        <FileField label="File of the signed payment" accept=".json,application/json" onFile={choose} error={error} />
      </form>
      <Section title="Submit">
        {payment && currency && (
          <p>
            {payment.payer} pays {exactText(payment.amount, currency)} into release {payment.release}.
          </p>
        )}
        <ReviewAndSend
          on={on}
          about="submit"
          label="Submit"
          missing="Choose a file."
          inputs={[payment && String(payment.nonce), payment?.signature]}
          plan={payment && ((account) => submit(on.chain, account, payment))}
        />
      </Section>
    </>
  );
}

function parse({ chain }: OnChain, text: string, name: string): SignedPayment {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new UserError(`${name} is not JSON. Choose the file that was written when the payment was signed.`, {
      cause,
    });
  }
  return parseSignedPayment(content, name, {
    chainId: chain.chainId,
    signedPayments: chain.signedPayments.address,
  });
}
