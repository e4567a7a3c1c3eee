import type { Hex } from "viem";
import type { Names } from "../../names/nameTexts.ts";
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

/** Returns a title such as "Pay 12.5 tUSD into release 3 (Llama 3 · Meta)". */
export const feeTitle = (names: Names, { release, currency, amount }: PaidFee): string =>
  `Pay ${amountText(amount, currency)} into ${names.release(release)}`;

/** Returns a title such as "Pay 12.5 tUSD (12500000 base units) into release 3". */
export const exactFeeTitle = (names: Names, { release, currency, amount }: PaidFee): string =>
  `Pay ${exactText(amount, currency)} into ${names.release(release)}`;
