import type { Hex } from "viem";
import { amountText, type Currency, exactText } from "#protocol/money.ts";

/** A fee in a currency that the ledger accepts. */
export interface Fee {
  release: number;
  currency: Currency;
  amount: bigint;
  /** Reference: 32 bytes that tie the fee to a request; zero if there is none. */
  ref: Hex;
}

type PaidFee = Pick<Fee, "release" | "currency" | "amount">;

/** Returns a title such as "Pay 12.5 tUSD into release 3". */
export const feeTitle = ({ release, currency, amount }: PaidFee): string =>
  `Pay ${amountText(amount, currency)} into release ${release}`;

/** Returns a title such as "Pay 12.5 tUSD (12500000 base units) into release 3". */
export const exactFeeTitle = ({ release, currency, amount }: PaidFee): string =>
  `Pay ${exactText(amount, currency)} into release ${release}`;
