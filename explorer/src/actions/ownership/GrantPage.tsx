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
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { ReleaseActionPage } from "../ActionPage.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { ChoiceField, read, TextField } from "../Field.tsx";

export function GrantPage({ param }: { param: string }) {
  return (
    <ReleaseActionPage param={param} title={(name) => `Grant: who may build on ${name}`}>
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

type Way = "give" | "sign" | "revoke";
type Who = "account" | "asset";

const WAYS = [
  ["give", "Give it on chain, until it is revoked"],
  ["sign", "Sign it for one use, as a file: costs nothing"],
  ["revoke", "Revoke one that is on chain"],
] as const;

function GrantForm({ on, of }: { on: OnChain; of: Schemas["Release"] }) {
  const [way, setWay] = useState<Way>("give");
  const [who, setWho] = useState<Who>("account");
  const [text, setText] = useState("");
  const [days, setDays] = useState("7");
  const grantee = read(text, (typed) => readGrantee(who, typed));
  const lasts = read(days, readDays);
  return (
    <>
      <form className="fields" aria-label="Who may build on it" onSubmit={(event) => event.preventDefault()}>
        <ChoiceField label="What to do" value={way} options={WAYS} onChange={setWay} />
        <ChoiceField
          label="For"
          value={who}
          options={[
            ["account", "An account"],
            ["asset", "Releases of an asset"],
          ]}
          onChange={setWho}
        />
        <TextField
          label={who === "account" ? "The account" : "The asset's number"}
          grow
          placeholder={who === "account" ? "0x…" : "12"}
          maxLength={42}
          value={text}
          onChange={setText}
          error={grantee.error}
        />
        {way === "sign" && (
          <TextField
            label="Days that it serves"
            inputMode="numeric"
            maxLength={4}
            value={days}
            onChange={setDays}
            error={lasts.error}
          />
        )}
      </form>
      <Section title={way === "sign" ? "Sign" : way === "give" ? "Give" : "Revoke"}>
        <ReviewAndSend
          on={on}
          about={`grant/${of.id}`}
          label={way === "sign" ? "Sign" : way === "give" ? "Give it" : "Revoke it"}
          missing="Say who it is for."
          given={[way, who, text, days]}
          plan={
            grantee.value && (way !== "sign" || lasts.value !== undefined)
              ? planFor(on, { release: of.id, way, grantee: grantee.value, days: lasts.value ?? 0 })
              : undefined
          }
        />
      </Section>
    </>
  );
}

const readGrantee = (who: Who, text: string): Grantee =>
  who === "account" ? { account: parseAddress(text, "The account") } : { asset: parseRelease(text) };

function readDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 3_650) return days;
  throw new UserError("Give a whole number of days, 1 to 3650.");
}

interface Granting {
  release: number;
  way: Way;
  grantee: Grantee;
  days: number;
}

const planFor =
  ({ chain }: OnChain, { release, way, grantee, days }: Granting) =>
  (account: Address): Promise<Plan> => {
    if (way === "sign") return signGrant(chain, account, { release, grantee, seconds: days * DAY_SECONDS });
    return (way === "give" ? grant : revoke)(chain, account, { release, grantee });
  };

const DAY_SECONDS = 86_400;
