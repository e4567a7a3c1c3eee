import type { Amount } from "../../api/client.ts";
import { formatBase, formatUnits } from "../../format/amount.ts";
import { useSettings } from "../../settings.ts";
import { moneyTitle, symbolOf } from "./moneyText.ts";

/** Amount of money. Its title has all digits. */
export function Money({ of, className }: { of: Amount; className?: string }) {
  const { exact } = useSettings();
  const { text } = formatUnits(of.amount, of.currency.decimals);
  return (
    <data className={`money ${className ?? ""}`} value={of.amount} title={moneyTitle(of)}>
      {exact ? formatBase(of.amount) : text}
      <span className="unit">{exact ? "base units" : symbolOf(of)}</span>
    </data>
  );
}

/** Amounts in several currencies, without those of 0. */
export function Moneys({ of }: { of: readonly Amount[] }) {
  const amounts = of.filter(({ amount }) => amount !== "0");
  if (amounts.length === 0) return <span className="quiet">nothing</span>;
  return (
    <span className="moneys">
      {amounts.map((each) => (
        <Money key={each.currency.address} of={each} />
      ))}
    </span>
  );
}
