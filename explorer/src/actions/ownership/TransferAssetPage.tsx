import { useState } from "react";
import { transferAsset } from "#client/acts/owning/transferAsset.ts";
import { parseAddress } from "#protocol/address.ts";
import { Section } from "../../parts/frame/Page.tsx";
import { assetLabel } from "../../parts/links.tsx";
import type { OnChain } from "../../wallet/onChain.ts";
import { AssetActionPage } from "../ActionPage.tsx";
import { AddressField } from "../AddressField.tsx";
import { read } from "../Field.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";

export function TransferAssetPage({ param }: { param: string }) {
  return (
    <AssetActionPage
      param={param}
      title={({ id, name }) => `Transfer ${assetLabel(id, name)}`}
      lead="Whoever has the asset administers it: publishes releases, grants, retires and replaces the metadata. Shares and income do not go with it. Only the asset's owner can do this."
    >
      {({ id }) => <RequireDeployment>{(on) => <TransferAssetForm on={on} id={id} />}</RequireDeployment>}
    </AssetActionPage>
  );
}

function TransferAssetForm({ on, id }: { on: OnChain; id: number }) {
  const [recipient, setRecipient] = useState("");
  const { value: to } = read(recipient, (text) => parseAddress(text, "The recipient"));
  return (
    <>
      <form className="fields" aria-label="Transfer" onSubmit={(event) => event.preventDefault()}>
        <AddressField
          on={on}
          label="Recipient"
          what="The recipient"
          purpose="asset"
          asset={id}
          value={recipient}
          onChange={setRecipient}
        />
      </form>
      <Section title="Transfer">
        <ReviewAndSend
          on={on}
          about={`transfer-asset/${id}`}
          label="Transfer the asset"
          missing="Enter a recipient."
          inputs={[recipient]}
          plan={to && ((account) => transferAsset(on.chain, account, { asset: id, to }))}
        />
      </Section>
    </>
  );
}
