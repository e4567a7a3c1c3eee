import type { Amount } from "../../api/client.ts";
import { formatBase, formatUnits } from "../../format/amount.ts";
import { plainText } from "../../format/plainText.ts";
import { useSettings } from "../../settings.ts";

const symbolOf = ({ currency }: Amount): string => plainText(currency.symbol, 12) || "units";

/** An amount as text. It is exact, or ends in `…`. */
export const moneyText = (of: Amount, exact = false): string =>
  exact
    ? `${formatBase(of.amount)} base units`
    : `${formatUnits(of.amount, of.currency.decimals).text} ${symbolOf(of)}`;

/** All digits of it, both ways. */
export const exactText = (of: Amount): string =>
  `${formatUnits(of.amount, of.currency.decimals, 255).text} ${symbolOf(of)} = ${formatBase(of.amount)} base units of ${of.currency.address}`;

/** An amount of money; all of its digits are in the title. */
export function Money({ of, className }: { of: Amount; className?: string }) {
  const { exact } = useSettings();
  const { text } = formatUnits(of.amount, of.currency.decimals);
  return (
    <data className={`money ${className ?? ""}`} value={of.amount} title={exactText(of)}>
      {exact ? formatBase(of.amount) : text}
      <span className="unit">{exact ? "base units" : symbolOf(of)}</span>
    </data>
  );
}

/** Amounts in several currencies, without those of nothing unless that is all there is. */
export function Moneys({ of, none = "nothing" }: { of: readonly Amount[]; none?: string }) {
  const some = of.filter(({ amount }) => amount !== "0");
  if (some.length === 0) return <span className="quiet">{none}</span>;
  return (
    <span className="moneys">
      {some.map((each) => (
        <Money key={each.currency.address} of={each} />
      ))}
    </span>
  );
}
