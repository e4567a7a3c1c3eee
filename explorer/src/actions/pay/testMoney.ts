import { queryOptions } from "@tanstack/react-query";
import type { Address } from "viem";
import { mintableCurrencies } from "#client/acts/paying/faucet.ts";
import { orMessage } from "../../wallet/errorMessage.ts";
import type { OnChain } from "../../wallet/onChain.ts";

/** The currencies that let anyone mint, found by simulation. They are the same for each account. */
export const testMoney = ({ chain }: OnChain, account: Address) =>
  queryOptions({
    queryKey: ["test money", account],
    queryFn: () => orMessage(mintableCurrencies(chain, account)),
    staleTime: Infinity,
    retry: 1,
  });
