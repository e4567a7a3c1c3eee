import { queryOptions, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Address, Hex } from "viem";
import { pay, type PayWay } from "#client/acts/paying/pay.ts";
import { feeShareText, whereFeesGo, WHOLE_FEE } from "#client/preview/preview.ts";
import { amountText, exactText, parsePayment, percentText } from "#protocol/money.ts";
import { parseReference } from "#protocol/reference.ts";
import { QueryResult } from "../../parts/QueryResult.tsx";
import { Section } from "../../parts/frame/Page.tsx";
import { Table } from "../../parts/lists/Table.tsx";
import type { OnChain } from "../../wallet/onChain.ts";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { ReleaseActionPage } from "../ActionPage.tsx";
import { currencyLabel } from "./currencyLabel.ts";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { attempt, ChoiceField, read, TextField } from "../Field.tsx";
import { InletSection } from "./InletSection.tsx";
import { NamedRelease } from "../NamedRelease.tsx";
import { orMessage } from "../../wallet/errorMessage.ts";

const NATIVE = "native";

export function PayPage({ param }: { param: string }) {
  return (
    <ReleaseActionPage
      param={param}
      title={(name) => `Pay ${name}`}
      lead="A fee goes to this release and, along what it was built from, to everyone behind it."
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

type FormWay = "best" | Extract<PayWay, "permit" | "allowance" | "credit">;

function PayForm({ on, id }: { on: OnChain; id: number }) {
  const { currencies, wrapped } = on.deployment;
  const [chosen, choose] = useState<string>(currencies[0]?.address ?? NATIVE);
  const [text, setText] = useState("");
  const [way, setWay] = useState<FormWay>("best");
  const [written, setWritten] = useState("");
  const currency = currencies.find(({ address }) => address === chosen);
  const unit = currency ?? on.network.native;
  const amount = read(text, (given) => parsePayment(given, unit));
  const reference = attempt(() => parseReference(written.trim()));
  const options: [string, string][] = currencies.map((each) => [each.address, currencyLabel(each, currencies)]);
  if (wrapped) options.push([NATIVE, `${on.network.native.symbol} (native)`]);
  const planOf = ({ amount: some, reference: ref }: { amount: bigint | undefined; reference: Hex | undefined }) =>
    some === undefined || ref === undefined
      ? undefined
      : (account: Address) =>
          pay(on.chain, account, {
            release: id,
            currency,
            amount: some,
            way: currency && way !== "best" ? way : undefined,
            reference: ref,
          });
  return (
    <>
      <form className="fields" aria-label="The fee" onSubmit={(event) => event.preventDefault()}>
        <TextField
          label="Amount"
          inputMode="decimal"
          placeholder="12.5"
          maxLength={60}
          value={text}
          onChange={setText}
          error={amount.error}
        />
        <ChoiceField label="Currency" value={chosen} onChange={choose} options={options} />
        {currency && (
          <ChoiceField
            label="How"
            value={way}
            onChange={setWay}
            options={[
              ["best", "As few transactions as can be"],
              ["permit", "By a signed message (permit)"],
              ["allowance", "By approving first"],
              ["credit", "From my credit in the ledger"],
            ]}
          />
        )}
        <TextField
          label="Reference, if there is one"
          hint="What the fee is for, such as an invoice or a request: whoever knows it finds the fee by it. A text is recorded as its digest, 0x and 64 digits as they are."
          maxLength={500}
          value={written}
          onChange={setWritten}
          error={reference.error}
          grow
        />
      </form>
      <Where on={on} id={id} amount={amount.value} unit={unit} />
      <Section title="Pay">
        <ReviewAndSend
          on={on}
          about={`pay/${id}`}
          label="Pay"
          missing={reference.error ? "The reference cannot be read." : "Say how much."}
          given={[id, chosen, way, text, reference.value]}
          plan={planOf({ amount: amount.value, reference: reference.value })}
        />
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

/** Shows where the fee goes, as the contracts tell. */
function Where({ on, id, amount, unit }: WhereProps) {
  const query = useQuery(whereFeesGoFrom(on, id));
  return (
    <Section
      title="Where it goes"
      about={`The part that reaches each release once everything is settled, and what it keeps for its shareholders, of which ${percentText(on.deployment.commonsPpm)} is for the commons.`}
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
                { name: "Reaches it", figure: true, wide: true, cell: ({ reaches }) => feeShareText(reaches) },
                { name: "Keeps", figure: true, cell: ({ keeps }) => feeShareText(keeps) },
                {
                  name: "Of this fee",
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
            {truncated && <p className="quiet">Further releases get something, too.</p>}
          </>
        )}
      </QueryResult>
    </Section>
  );
}
