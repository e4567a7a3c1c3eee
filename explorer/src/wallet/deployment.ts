import { queryOptions } from "@tanstack/react-query";
import { type Address, getAddress, isAddressEqual, zeroAddress } from "viem";
import type { ChainAddresses } from "#client/chain/chain.ts";
import type { Currency } from "#protocol/money.ts";
import { answer, api } from "../api/client.ts";
import { plainText } from "../format/plainText.ts";

/** Addresses and currencies of the contracts, as the API reports them. */
export interface Deployment extends ChainAddresses {
  /** Contracts around the ledger, by name; empty if the API reports none. */
  periphery: ChainAddresses["periphery"];
  /** The commons' part of all income. */
  commonsPpm: number;
  currencies: Currency[];
  /** The currency that wraps native money, if it is admitted. */
  wrapped: Currency | undefined;
}

const readAddress = (text: string): Address => getAddress(text);

export const deployment = queryOptions({
  queryKey: ["deployment"],
  queryFn: async ({ signal }): Promise<Deployment> => {
    const [health, ledger, admitted] = await Promise.all([
      answer(api().GET("/health", { signal })),
      answer(api().GET("/v1/ledger", { signal })),
      answer(api().GET("/v1/currencies", { params: { query: { limit: 500 } }, signal })),
    ]);
    const currencies = admitted.data.map(({ address, symbol, decimals }) => ({
      address: readAddress(address),
      symbol: plainText(symbol, 12) || "units",
      decimals,
    }));
    const wrapped = readAddress(ledger.data.wrappedNative);
    return {
      chainId: health.chainId,
      registry: readAddress(health.registry),
      ledger: readAddress(health.ledger),
      periphery: Object.fromEntries(
        Object.entries(health.periphery ?? {}).flatMap(([name, address]) =>
          address ? [[name, { address: readAddress(address) }]] : [],
        ),
      ),
      commonsPpm: ledger.data.commonsPpm,
      currencies,
      wrapped: wrapped === zeroAddress ? undefined : currencies.find(({ address }) => isAddressEqual(address, wrapped)),
    };
  },
});
