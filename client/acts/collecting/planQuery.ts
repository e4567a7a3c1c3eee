import type { Address } from "viem";
import type { Chain } from "../../chain/chain.ts";
import { readDataPrice } from "../../settlement/readDataPrice.ts";
import { readGasPrice } from "../../transactions/cost.ts";

export interface PlanQueryParameters {
  /** Only these assets. Default: all. */
  assets?: readonly number[] | undefined;
  /** True to leave nothing out. Default: false. */
  all?: boolean | undefined;
  /** True to withdraw prepaid credit, too. Default: false. */
  credit?: boolean | undefined;
  /** The price of a whole unit of a currency, in wei. */
  prices?: readonly { currency: { address: Address }; weiPerUnit: bigint }[];
}

/**
 * Returns the query of an indexer's claim plan with what transactions cost on this chain now: the gas price, and what is
 * paid beside the gas on a rollup.
 */
export async function planQuery(
  chain: Chain,
  { assets, all = false, credit = false, prices = [] }: PlanQueryParameters,
) {
  const price = await readGasPrice(chain.client, chain.prices);
  const dataPrice = await readDataPrice(chain, price);
  return {
    ...(assets && { assets: assets.join(",") }),
    ...(all && { all }),
    ...(credit && { credit }),
    gasPriceWei: String(price.now),
    ...(dataPrice > 0n && { dataPriceWei: String(dataPrice) }),
    ...(prices.length > 0 && {
      prices: prices.map(({ currency, weiPerUnit }) => `${currency.address}:${weiPerUnit}`).join(","),
    }),
  };
}
