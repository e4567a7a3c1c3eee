import type { Amount } from "../../api/client.ts";
import { formatBase, formatUnits } from "../../format/amount.ts";
import { plainText } from "../../format/plainText.ts";

/** Returns a currency's symbol, cut short, because anyone may have written it. */
export const symbolOf = ({ currency }: Amount): string => plainText(currency.symbol, 12) || "units";

/** Formats an amount with its symbol. The text is exact, or ends its digits in `…`. */
export const moneyText = (amount: Amount): string =>
  `${formatUnits(amount.amount, amount.currency.decimals).text} ${symbolOf(amount)}`;

/** Formats an amount with all its digits, as units and as base units, for the title of a shorter text. */
export const moneyTitle = (amount: Amount): string =>
  `${formatUnits(amount.amount, amount.currency.decimals, 255).text} ${symbolOf(amount)} = ${formatBase(amount.amount)} base units of ${amount.currency.address}`;
