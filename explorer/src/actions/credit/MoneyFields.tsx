import { useState } from "react";
import { type Currency, parsePayment } from "#protocol/money.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import { ChoiceField, read, TextField } from "../Field.tsx";
import { currencyLabel } from "../pay/currencyLabel.ts";

const NATIVE = "native";

/** The state of the fields for an amount and its currency. */
export interface MoneyForm {
  /** Undefined for native money. */
  currency: Currency | undefined;
  amount: bigint | undefined;
  /** Everything that the amount depends on. */
  inputs: readonly string[];
  fields: { text: string; error: string | undefined; currencyKey: string };
  setText: (text: string) => void;
  setCurrencyKey: (key: string) => void;
}

export function useMoneyForm({ deployment: { currencies }, network }: OnChain): MoneyForm {
  const [currencyKey, setCurrencyKey] = useState<string>(currencies[0]?.address ?? NATIVE);
  const [text, setText] = useState("");
  const currency = currencies.find(({ address }) => address === currencyKey);
  const { value: amount, error } = read(text, (input) => parsePayment(input, currency ?? network.native));
  return {
    currency,
    amount,
    inputs: [currencyKey, text],
    fields: { text, error, currencyKey },
    setText,
    setCurrencyKey,
  };
}

interface MoneyFieldsProps {
  on: OnChain;
  form: MoneyForm;
  hint?: string | undefined;
  /** True if the whole credit is meant, whatever the amount says. Default: false. */
  isAll?: boolean;
}

/** Fields for an amount and its currency, native money included if the ledger wraps it. */
export function MoneyFields({ on, form, hint, isAll = false }: MoneyFieldsProps) {
  const { currencies, wrapped } = on.deployment;
  const options: [string, string][] = currencies.map((each) => [each.address, currencyLabel(each, currencies)]);
  if (wrapped) options.push([NATIVE, `${on.network.native.symbol} (native)`]);
  const { text, error, currencyKey } = form.fields;
  return (
    <>
      <TextField
        label="Amount"
        inputMode="decimal"
        placeholder="12.5"
        maxLength={60}
        value={text}
        onChange={form.setText}
        error={error}
        hint={hint}
        disabled={isAll}
      />
      <ChoiceField label="Currency" value={currencyKey} onChange={form.setCurrencyKey} options={options} />
    </>
  );
}
