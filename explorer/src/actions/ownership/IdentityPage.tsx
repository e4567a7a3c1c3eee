import { useState } from "react";
import { bindIdentity } from "#client/acts/owning/bindIdentity.ts";
import { parseIdentity } from "#client/parsing/parseIdentity.ts";
import { Section } from "../../parts/frame/Page.tsx";
import { assetLabel } from "../../parts/links.tsx";
import type { OnChain } from "../../wallet/onChain.ts";
import { AssetActionPage } from "../ActionPage.tsx";
import { read, TextField } from "../Field.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";

export function IdentityPage({ param }: { param: string }) {
  return (
    <AssetActionPage
      param={param}
      title={({ id, name }) => `Bind ${assetLabel(id, name)} to an identity`}
      lead="An agent can be bound to its number in the chain's ERC-8004 identity registry, for ever. One account must own both."
    >
      {({ id, kind }) =>
        kind === "agent" ? (
          <RequireDeployment>{(on) => <IdentityForm on={on} id={id} />}</RequireDeployment>
        ) : (
          <p className="note">This asset is a {kind}. Only an agent can be bound to an identity.</p>
        )
      }
    </AssetActionPage>
  );
}

function IdentityForm({ on, id }: { on: OnChain; id: number }) {
  const [text, setText] = useState("");
  const { value: identity, error } = read(text, parseIdentity);
  return (
    <>
      <form className="fields" aria-label="Identity" onSubmit={(event) => event.preventDefault()}>
        <TextField
          label="Number of the identity"
          hint="The number that the identity registry gave the agent."
          inputMode="numeric"
          placeholder="22"
          maxLength={80}
          value={text}
          onChange={setText}
          error={error}
        />
      </form>
      <Section title="Bind">
        <ReviewAndSend
          on={on}
          about={`identity/${id}`}
          label="Bind for ever"
          missing="Enter the number of an identity."
          inputs={[text]}
          plan={
            identity === undefined ? undefined : (account) => bindIdentity(on.chain, account, { asset: id, identity })
          }
        />
      </Section>
    </>
  );
}
