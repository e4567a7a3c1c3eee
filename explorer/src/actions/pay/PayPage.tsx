import { queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Address, Hex } from "viem";
import { pay, type PayWay } from "#client/acts/paying/pay.ts";
import { signPayment } from "#client/acts/paying/signPayment.ts";
import { feeShareText, whereFeesGo, WHOLE_FEE } from "#client/preview/preview.ts";
import { amountText, exactText, parsePayment, percentText } from "#protocol/money.ts";
import { parseReference } from "#protocol/reference.ts";
import { QueryResult } from "../../parts/QueryResult.tsx";
import { Section } from "../../parts/frame/Page.tsx";
import { Table } from "../../parts/lists/Table.tsx";
import { href } from "../../router.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { ReleaseActionPage } from "../ActionPage.tsx";
import { currencyLabel } from "./currencyLabel.ts";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { attempt, ChoiceField, read, TextField } from "../Field.tsx";
import { OwnTestMoneyLink } from "./TestMoneyLink.tsx";
import { InletSection } from "./InletSection.tsx";
import { NamedRelease } from "../../parts/NamedRelease.tsx";
import { orMessage } from "../../wallet/errorMessage.ts";

const NATIVE = "native";

export function PayPage({ param }: { param: string }) {
  return (
    <ReleaseActionPage
      param={param}
      title={({ id }) => `Pay into release #${id}`}
      lead="A fee is paid into this release and flows back to everyone whose work it was built from."
      lines={12}
    >
      {({ id, published }) => (
        <RequireDeployment>
          {(on) => (
            <>
              <PayForm on={on} id={id} />
              {on.deployment.periphery.inlets && <InletSection on={on} id={id} published={published} />}
            </>
          )}
        </RequireDeployment>
      )}
    </ReleaseActionPage>
  );
}

/** A way to pay, or to only sign the fee for somebody else to submit. */
type FormWay = "best" | Exclude<PayWay, "native"> | "sign";

/** The time in which somebody must submit a payment that is only signed. */
const SIGNED_SECONDS = 86_400;

/** Returns the ways to pay in a currency, or in native money, with their labels. */
function waysIn({ periphery }: OnChain["deployment"], isNative: boolean): [FormWay, string][] {
  const ways: [FormWay, string, needs?: string][] = isNative
    ? [
        ["best", "Directly"],
        ["inlet", "Plain transfer to the inlet", "inlets"],
      ]
    : [
        ["best", "Automatic: fewest transactions"],
        ["permit", "Signed message (permit)"],
        ["allowance", "Approval first"],
        ["authorization", "Signed transfer (authorization)", "signedPayments"],
        ["permit2", "Signed transfer (Permit2)", "signedPayments"],
        ["credit", "My credit in the ledger"],
        ["inlet", "Plain transfer to the inlet", "inlets"],
        ["sign", "Only sign: somebody else submits it", "signedPayments"],
      ];
  return ways.flatMap(([way, label, needs]) => (needs === undefined || periphery[needs] ? [[way, label]] : []));
}

function PayForm({ on, id }: { on: OnChain; id: number }) {
  const { currencies, wrapped } = on.deployment;
  const [currencyKey, setCurrencyKey] = useState<string>(currencies[0]?.address ?? NATIVE);
  const [text, setText] = useState("");
  const [chosenWay, setWay] = useState<FormWay>("best");
  const [referenceText, setReferenceText] = useState("");
  const currency = currencies.find(({ address }) => address === currencyKey);
  const unit = currency ?? on.network.native;
  const amount = read(text, (input) => parsePayment(input, unit));
  const reference = attempt(() => parseReference(referenceText.trim()));
  const options: [string, string][] = currencies.map((each) => [each.address, currencyLabel(each, currencies)]);
  if (wrapped) options.push([NATIVE, `${on.network.native.symbol} (native)`]);
  const ways = waysIn(on.deployment, currency === undefined);
  const way = ways.some(([each]) => each === chosenWay) ? chosenWay : "best";
  const isSigning = way === "sign" && currency !== undefined;
  const planOf = ({ amount: some, reference: ref }: { amount: bigint | undefined; reference: Hex | undefined }) =>
    some === undefined || ref === undefined
      ? undefined
      : (account: Address) =>
          way === "sign" && currency
            ? signPayment(on.chain, account, { release: id, currency, amount: some, ref, seconds: SIGNED_SECONDS })
            : pay(on.chain, account, {
                release: id,
                currency,
                amount: some,
                way: way === "best" || way === "sign" ? undefined : way,
                reference: ref,
              });
  return (
    <>
      <form className="fields" aria-label="Fee" onSubmit={(event) => event.preventDefault()}>
        <TextField
          label="Amount"
          inputMode="decimal"
          placeholder="12.5"
          maxLength={60}
          value={text}
          onChange={setText}
          error={amount.error}
        />
        <ChoiceField label="Currency" value={currencyKey} onChange={setCurrencyKey} options={options} />
        <ChoiceField label="Payment method" value={way} onChange={setWay} options={ways} />
        <TextField
          label="Reference (optional)"
          hint="Identifies the fee, for example an invoice number. Anyone who knows it can find the fee. Text is stored as its hash. 0x and 64 hex digits are stored unchanged."
          maxLength={500}
          value={referenceText}
          onChange={setReferenceText}
          error={reference.error}
          grow
        />
      </form>
      <OwnTestMoneyLink on={on} />
      <Where on={on} id={id} amount={amount.value} unit={unit} />
      <Section title={isSigning ? "Sign" : "Pay"}>
        <ReviewAndSend
          on={on}
          about={`pay/${id}`}
          label={isSigning ? "Sign" : "Pay"}
          missing={reference.error ? "The reference is not valid." : "Enter an amount."}
          inputs={[id, currencyKey, way, text, reference.value]}
          plan={planOf({ amount: amount.value, reference: reference.value })}
        />
        {on.deployment.periphery.signedPayments && (
          <p>
            Somebody gave you the file of a signed payment? <a href={href("/submit")}>Submit it</a>
          </p>
        )}
      </Section>
    </>
  );
}

interface WhereProps {
  on: OnChain;
  id: number;
  amount: bigint | undefined;
  unit: { symbol: string; decimals: number };
}

const whereFeesGoFrom = ({ chain }: OnChain, release: number) =>
  queryOptions({
    queryKey: ["whereFeesGo", release],
    structuralSharing: false,
    retry: 1,
    queryFn: () => orMessage(whereFeesGo(chain, { release })),
  });

/** Preview of the path of the fee, computed by the contracts. */
function Where({ on, id, amount, unit }: WhereProps) {
  const query = useQuery(whereFeesGoFrom(on, id));
  return (
    <Section
      title="Where it goes"
      about={`Of a fee paid into this release: the part that reaches each release (effective weight), and the part of the fee that stays with its asset (keeps), once everything is settled. Of what an asset keeps, ${percentText(on.deployment.commonsPpm)} goes to the commons, one account fixed at the start, and the rest to the shareholders.`}
    >
      <QueryResult of={query} lines={4}>
        {({ shares, truncated }) => (
          <>
            <Table
              caption="Where the fee goes"
              rows={shares}
              keyOf={(row) => row.release}
              columns={[
                { name: "Release", cell: (row) => <NamedRelease id={row.release} /> },
                { name: "Effective weight", figure: true, wide: true, cell: ({ reaches }) => feeShareText(reaches) },
                { name: "Keeps of the fee", figure: true, cell: ({ keeps }) => feeShareText(keeps) },
                {
                  name: "Keeps",
                  figure: true,
                  cell: ({ keeps }) =>
                    amount === undefined ? (
                      "…"
                    ) : (
                      <span title={exactText((amount * keeps) / WHOLE_FEE, unit)}>
                        {amountText((amount * keeps) / WHOLE_FEE, unit)}
                      </span>
                    ),
                },
              ]}
            />
            {truncated && <p className="quiet">More releases receive a part. They are not listed here.</p>}
          </>
        )}
      </QueryResult>
    </Section>
  );
}
