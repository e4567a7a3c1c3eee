import { useState } from "react";
import { type Address, bytesToBigInt, encodeFunctionData, type Hex, zeroAddress } from "viem";
import { ledgerAbi, registryAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import { parseAddress } from "#protocol/address.ts";
import { parseRelease } from "#client/acts/draft.ts";
import { type Grant, grantText } from "#client/signing/grant.ts";
import { expiry } from "#client/signing/permit.ts";
import { grantTypes, registryDomain } from "#protocol/typedData.ts";
import type { Schemas } from "../../api/client.ts";
import { Section } from "../../parts/frame/Page.tsx";
import { longTime } from "../../parts/figures/When.tsx";
import type { OnChain } from "../../wallet/onChain.ts";
import type { Plan } from "../../wallet/plan.ts";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { ReleaseActionPage } from "../ActionPage.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { ChoiceField, read, TextField } from "../Field.tsx";
import { requireOwner } from "./requireOwner.ts";
import { saveFile } from "../saveFile.ts";

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
              ? (account) => grantPlan(on, account, { of, way, grantee: grantee.value ?? {}, days: lasts.value ?? 0 })
              : undefined
          }
        />
      </Section>
    </>
  );
}

interface Grantee {
  account?: Address;
  asset?: number;
}

const readGrantee = (who: Who, text: string): Grantee =>
  who === "account" ? { account: parseAddress(text, "The account") } : { asset: parseRelease(text.replace(/^#/, "")) };

function readDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= 3_650) return days;
  throw new UserError("Give a whole number of days, 1 to 3650.");
}

interface Granting {
  of: Schemas["Release"];
  way: Way;
  grantee: Grantee;
  days: number;
}

async function grantPlan(on: OnChain, account: Address, { of, way, grantee, days }: Granting): Promise<Plan> {
  await requireOwner(on, account, of.asset);
  const { client, deployment } = on;
  const { id } = of;
  if (grantee.asset !== undefined) {
    const itsAsset = await client.readContract({
      address: deployment.ledger,
      abi: ledgerAbi,
      functionName: "assetOf",
      args: [grantee.asset],
    });
    if (itsAsset !== grantee.asset) {
      throw new UserError(
        `There is no asset ${grantee.asset}. A grant for one that is yet to come would fall to anyone.`,
      );
    }
  }
  const who = grantee.account ?? `releases of asset ${grantee.asset}`;
  if (way === "sign") return signing(on, { id, grantee, who, days });

  const granted = way === "give";
  const title = granted ? `Let ${who} build on release ${id}` : `No longer let ${who} build on release ${id}`;
  const data =
    grantee.account === undefined
      ? encodeFunctionData({
          abi: registryAbi,
          functionName: "setAssetGrant",
          args: [id, grantee.asset ?? 0, granted],
        })
      : encodeFunctionData({
          abi: registryAbi,
          functionName: "setAccountGrant",
          args: [id, grantee.account, granted],
        });
  return { title, steps: [{ does: `${title}${granted ? ", until revoked" : ""}.`, to: deployment.registry, data }] };
}

async function signing(
  on: OnChain,
  { id, grantee, who, days }: { id: number; grantee: Grantee; who: string; days: number },
): Promise<Plan> {
  const { registry, chainId } = on.deployment;
  const grant: Grant = {
    release: id,
    account: grantee.account ?? zeroAddress,
    asset: grantee.asset ?? 0,
    nonce: bytesToBigInt(crypto.getRandomValues(new Uint8Array(8))),
    deadline: await expiry(on, days * 86_400),
  };
  const until = longTime(Number(grant.deadline));
  const file = `grant-${id}-${grant.nonce}.json`;
  const title = `Sign leave for ${who} to build on release ${id} once`;
  return {
    title,
    steps: [
      {
        does: `${title}, until ${until}.`,
        message: {
          domain: registryDomain(chainId, registry),
          types: grantTypes,
          primaryType: "Grant",
          message: { ...grant },
        },
      },
    ],
    notes: [
      `It is saved as ${file}, which the builder adds when publishing. Whoever has it can use it only as what it names.`,
    ],
    onSigned: (signature: Hex) => saveFile(file, grantText({ grant, signature }, { chainId, registry })),
  };
}
