import { useState } from "react";
import { type Hex, isHex } from "viem";
import { admit } from "#client/acts/governing/admit.ts";
import { propose } from "#client/acts/governing/propose.ts";
import { parseAddress } from "#protocol/address.ts";
import { parseAmount } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import { Page, Section } from "../../parts/frame/Page.tsx";
import { href } from "../../router.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import { CheckField, read, TextField } from "../Field.tsx";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";

const BACK = <a href={href("/governance")}>Governance</a>;

export function AdmitPage() {
  return (
    <Page
      title="Admit a currency"
      eyebrow={BACK}
      lead="An admitted currency can never be removed, and there can be eight at most. If the admin is a timelock, a proposer schedules this."
    >
      <RequireDeployment>{(on) => <AdmitForm on={on} />}</RequireDeployment>
    </Page>
  );
}

function AdmitForm({ on }: { on: OnChain }) {
  const [text, setText] = useState("");
  const token = read(text, (typed) => parseAddress(typed, "The token"));
  const { value } = token;
  return (
    <>
      <form className="fields" aria-label="Currency" onSubmit={(event) => event.preventDefault()}>
        <TextField
          label="Address of the token"
          grow
          placeholder="0x…"
          maxLength={42}
          value={text}
          onChange={setText}
          error={token.error}
        />
      </form>
      <Section title="Admit">
        <ReviewAndSend
          on={on}
          about="admit"
          label="Admit"
          inputs={[value]}
          plan={value && (async (account) => admit(on.chain, account, { currency: value }))}
          missing="Give the address of an ERC-20 token."
        />
      </Section>
    </>
  );
}

export function ProposePage() {
  return (
    <Page
      title="Propose a call"
      eyebrow={BACK}
      lead="A proposer schedules a call that the timelock is to make. It is public for the whole delay."
    >
      <RequireDeployment>{(on) => <ProposeForm on={on} />}</RequireDeployment>
    </Page>
  );
}

function ProposeForm({ on }: { on: OnChain }) {
  const [to, setTo] = useState("");
  const [bytes, setBytes] = useState("0x");
  const [money, setMoney] = useState("0");
  const [unchecked, setUnchecked] = useState(false);
  const target = read(to, (typed) => parseAddress(typed, "The address"));
  const data = read(bytes, readData);
  const value = read(money, (typed) => parseAmount(typed, on.chain.native));
  const call =
    target.value !== undefined && data.value !== undefined && value.value !== undefined
      ? { target: target.value, data: data.value, value: value.value }
      : undefined;
  return (
    <>
      <form className="fields" aria-label="Call" onSubmit={(event) => event.preventDefault()}>
        <TextField
          label="Address to call"
          grow
          placeholder="0x…"
          maxLength={42}
          value={to}
          onChange={setTo}
          error={target.error}
        />
        <TextField
          label="Native money to send with it"
          hint="From the timelock's balance."
          inputMode="decimal"
          maxLength={60}
          value={money}
          onChange={setMoney}
          error={value.error}
        />
        <TextField
          label="Data"
          hint="In hexadecimal."
          grow
          lines={4}
          maxLength={20_000}
          value={bytes}
          onChange={setBytes}
          error={data.error}
        />
        <CheckField
          label="Leave out the check that the call would succeed now"
          value={unchecked}
          onChange={setUnchecked}
        />
      </form>
      <Section title="Propose">
        <ReviewAndSend
          on={on}
          about="propose"
          label="Schedule it"
          inputs={[to, bytes, money, unchecked]}
          plan={call && (async (account) => propose(on.chain, account, { calls: [call], unchecked }))}
          missing="Give the address to call."
        />
      </Section>
    </>
  );
}

function readData(text: string): Hex {
  const typed = text.trim();
  if (isHex(typed) && typed.length % 2 === 0) return typed;
  throw new UserError("Write 0x and an even number of hexadecimal digits.");
}
