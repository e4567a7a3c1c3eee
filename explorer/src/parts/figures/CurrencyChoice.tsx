import type { Currency } from "../../api/client.ts";
import { plainText } from "../../format/plainText.ts";
import { changeSettings } from "../../settings.ts";
import { useCurrency } from "./useCurrency.ts";

/** Choice of the currency of all totals. The explorer has no exchange rates to convert with. */
export function CurrencyChoice() {
  const { currency, all } = useCurrency();
  if (!currency || all.length < 2) return null;
  return (
    <label className="choice">
      <span>Currency</span>
      <select value={currency.address} onChange={({ target }) => changeSettings({ currency: target.value })}>
        <CurrencyOptions of={all} />
      </select>
    </label>
  );
}

export const CurrencyOptions = ({ of }: { of: readonly Currency[] }) =>
  of.map(({ address, symbol }) => (
    <option key={address} value={address}>
      {plainText(symbol, 12) || address}
    </option>
  ));
