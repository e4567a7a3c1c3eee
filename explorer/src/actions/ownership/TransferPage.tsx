import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { sharesOf, transferShares } from "#client/acts/owning/transferShares.ts";
import { parseSharesPercent, sharesText } from "#client/parsing/allocations.ts";
import { parseAddress } from "#protocol/address.ts";
import { UserError } from "#protocol/userError.ts";
import type { Schemas } from "../../api/client.ts";
import { Section } from "../../parts/frame/Page.tsx";
import { assetLabel } from "../../parts/links.tsx";
import { href } from "../../router.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import { useWallet } from "../../wallet/useWallet.ts";
import { AddressField } from "../AddressField.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { AssetActionPage } from "../ActionPage.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { read, TextField } from "../Field.tsx";

export function TransferPage({ param }: { param: string }) {
  return (
    <AssetActionPage
      param={param}
      title={({ id, name }) => `Transfer shares of ${assetLabel(id, name)}`}
      lead="You keep what these shares have earned. Money that is not settled yet goes to the recipient."
    >
      {(of) => <RequireDeployment>{(on) => <TransferForm on={on} of={of} />}</RequireDeployment>}
    </AssetActionPage>
  );
}

function TransferForm({ on, of: { id } }: { on: OnChain; of: Schemas["Asset"] }) {
  const wallet = useWallet(on);
  const account = wallet.state === "ready" ? wallet.account : undefined;
  const [recipient, setRecipient] = useState("");
  const [percent, setPercent] = useState("");
  const balance = useQuery({
    queryKey: ["shares", id, account],
    queryFn: () => (account ? sharesOf(on.chain, { account, asset: id }) : 0n),
    enabled: account !== undefined,
    structuralSharing: false,
  });
  const to = read(recipient, (text) => parseAddress(text, "The recipient"));
  const shares = read(percent, readShares);
  return (
    <>
      <form className="fields" aria-label="Transfer" onSubmit={(event) => event.preventDefault()}>
        <AddressField
          on={on}
          label="Recipient"
          what="The recipient"
          purpose="shares"
          asset={id}
          value={recipient}
          onChange={setRecipient}
        />
        <TextField
          label="Shares, in %"
          inputMode="decimal"
          maxLength={12}
          value={percent}
          onChange={setPercent}
          error={shares.error}
          hint={balance.data !== undefined && `You hold ${sharesText(balance.data)}.`}
        />
      </form>
      {account && (
        <p className="note">
          To keep the money that is not settled yet, <a href={href(`/accounts/${account.toLowerCase()}`)}>collect it</a>{" "}
          before you transfer.
        </p>
      )}
      <Section title="Transfer">
        <ReviewAndSend
          on={on}
          about={`transfer/${id}`}
          label="Transfer"
          missing="Enter a recipient and the shares."
          inputs={[recipient, percent]}
          plan={
            to.value && shares.value
              ? (from) =>
                  transferShares(on.chain, from, { asset: id, to: to.value ?? from, shares: shares.value ?? 0n })
              : undefined
          }
        />
      </Section>
    </>
  );
}

function readShares(text: string): bigint {
  const shares = parseSharesPercent(text, "The part of the shares");
  if (shares > 0n) return shares;
  throw new UserError("Enter more than 0 %.");
}
