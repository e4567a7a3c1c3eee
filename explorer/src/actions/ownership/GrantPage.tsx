import { useState } from "react";
import type { Address } from "viem";
import { grant, type Grantee, revoke } from "#client/acts/owning/grant.ts";
import { signGrant } from "#client/acts/owning/signGrant.ts";
import { parseRelease } from "#client/parsing/parseRelease.ts";
import type { Plan } from "#client/plan/plan.ts";
import { parseAddress } from "#protocol/address.ts";
import { UserError } from "#protocol/userError.ts";
import type { Schemas } from "../../api/client.ts";
import { Section } from "../../parts/frame/Page.tsx";
import type { OnChain } from "../../wallet/onChain.ts";
import { AddressField } from "../AddressField.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { ReleaseActionPage } from "../ActionPage.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { ChoiceField, read, TextField } from "../Field.tsx";

export function GrantPage({ param }: { param: string }) {
  return (
    <ReleaseActionPage
      param={param}
      title={({ id }) => `Grants for release #${id}`}
      lead="A grant lets an account, or the releases of an asset, build on this release. Only the asset's owner can do this."
    >
      {(of) =>
        of.byGrant ? (
          <RequireDeployment>{(on) => <GrantForm on={on} of={of} />}</RequireDeployment>
        ) : (
          <p className="note">Anyone may build on this release. It needs no grant.</p>
        )
      }
    </ReleaseActionPage>
  );
}

type Action = "give" | "sign" | "revoke";
type GranteeKind = "account" | "asset";

const ACTIONS = [
  ["give", "Grant on chain, until revoked"],
  ["sign", "Sign a grant for one use, as a file, without gas"],
  ["revoke", "Revoke a grant on chain"],
] as const;

function GrantForm({ on, of }: { on: OnChain; of: Schemas["Release"] }) {
  const [action, setAction] = useState<Action>("give");
  const [kind, setKind] = useState<GranteeKind>("account");
  const [text, setText] = useState("");
  const [days, setDays] = useState("7");
  const grantee = read(text, (input) => readGrantee(kind, input));
  const validDays = read(days, readDays);
  return (
    <>
      <form className="fields" aria-label="Grant" onSubmit={(event) => event.preventDefault()}>
        <ChoiceField label="Action" value={action} options={ACTIONS} onChange={setAction} />
        <ChoiceField
          label="Grantee"
          value={kind}
          options={[
            ["account", "An account"],
            ["asset", "Releases of an asset"],
          ]}
          onChange={setKind}
        />
        {kind === "account" && action !== "revoke" ? (
          <AddressField on={on} label="Account" what="The account" purpose="grant" value={text} onChange={setText} />
        ) : (
          <TextField
            label={kind === "account" ? "Account" : "Asset id"}
            grow
            placeholder={kind === "account" ? "0x…" : "#12"}
            maxLength={42}
            value={text}
            onChange={setText}
            error={grantee.error}
          />
        )}
        {action === "sign" && (
          <TextField
            label="Valid for, in days"
            inputMode="numeric"
            maxLength={4}
            value={days}
            onChange={setDays}
            error={validDays.error}
          />
        )}
      </form>
      <Section title={action === "sign" ? "Sign" : action === "give" ? "Grant" : "Revoke"}>
        <ReviewAndSend
          on={on}
          about={`grant/${of.id}`}
          label={action === "sign" ? "Sign" : action === "give" ? "Grant" : "Revoke"}
          missing={
            grantee.value ? "Enter the days." : kind === "account" ? "Enter an account." : "Enter the id of an asset."
          }
          inputs={[action, kind, text, days]}
          plan={
            grantee.value && (action !== "sign" || validDays.value !== undefined)
              ? planFor(on, { release: of.id, action, grantee: grantee.value, days: validDays.value ?? 0 })
              : undefined
          }
        />
      </Section>
    </>
  );
}

const readGrantee = (kind: GranteeKind, text: string): Grantee =>
  kind === "account" ? { account: parseAddress(text, "The account") } : { asset: parseRelease(text) };

function readDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 3_650) return days;
  throw new UserError("Enter a whole number of days from 1 to 3650.");
}

interface GrantRequest {
  release: number;
  action: Action;
  grantee: Grantee;
  days: number;
}

const planFor =
  ({ chain }: OnChain, { release, action, grantee, days }: GrantRequest) =>
  (account: Address): Promise<Plan> => {
    if (action === "sign") return signGrant(chain, account, { release, grantee, seconds: days * DAY_SECONDS });
    return (action === "give" ? grant : revoke)(chain, account, { release, grantee });
  };

const DAY_SECONDS = 86_400;
