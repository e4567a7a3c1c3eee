import type { Address } from "viem";
import type { Currency, Unit } from "#protocol/money.ts";
import type { Chain } from "../../chain/chain.ts";

/** Money in an inlet that is not a fee yet. */
export interface InletBalance {
  amount: bigint;
  unit: Unit;
  /** Undefined for native money. */
  currency: Currency | undefined;
}

/** Reads the address of a release's inlet, and its balances that can become fees. */
export async function readInlet(
  chain: Chain,
  release: number,
): Promise<{ inlet: Address; balances: readonly InletBalance[] }> {
  const inlet = await chain.inlets.read.inletOf([release]);
  const [currencies, wrapped] = await Promise.all([chain.currencies(), chain.wrappedNative()]);
  const tokens = currencies.map(async (currency): Promise<InletBalance> => ({
    amount: await chain.token(currency.address).read.balanceOf([inlet]),
    unit: currency,
    currency,
  }));
  // Without an admitted wrapped token, native money cannot become a fee.
  const native = wrapped
    ? [
        chain.client
          .getBalance({ address: inlet })
          .then((amount): InletBalance => ({ amount, unit: chain.native, currency: undefined })),
      ]
    : [];
  const balances = await Promise.all([...native, ...tokens]);
  return { inlet, balances: balances.filter(({ amount }) => amount > 0n) };
}
