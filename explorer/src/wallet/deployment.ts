import { queryOptions } from "@tanstack/react-query";
import { type Address, getAddress, isAddressEqual, zeroAddress } from "viem";
import { UserError } from "#protocol/userError.ts";
import type { Currency } from "#protocol/money.ts";
import { answer, api } from "../api/client.ts";
import { plainText } from "../format/plainText.ts";

/** Where the contracts are, as the API says. */
export interface Deployment {
  chainId: number;
  registry: Address;
  ledger: Address;
  /** Answers what a transaction would lead to; undefined where the API knows of none. */
  preview: Address | undefined;
  /** Where plain transfers become fees; likewise. */
  inlets: Address | undefined;
  /** The commons' part of all income. */
  commonsPpm: number;
  currencies: Currency[];
  /** The currency that native money is wrapped in, if it is admitted. */
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
      preview: health.periphery ? readAddress(health.periphery.preview) : undefined,
      inlets: health.periphery ? readAddress(health.periphery.inlets) : undefined,
      commonsPpm: ledger.data.commonsPpm,
      currencies,
      wrapped: wrapped === zeroAddress ? undefined : currencies.find(({ address }) => isAddressEqual(address, wrapped)),
    };
  },
});

/** @throws {UserError} if the deployment has none. */
export function previewOf({ preview }: Deployment): Address {
  if (preview) return preview;
  throw new UserError("This deployment has no ReleasePreview, so what it would lead to cannot be told.");
}
