import { type Address, createWalletClient, custom, type EIP1193Provider, type Hex } from "viem";
import type { TypedData } from "./permit.ts";

/** Signs typed data (EIP-712) with one of a wallet's accounts. */
export const signTypedData = (
  provider: Pick<EIP1193Provider, "request">,
  account: Address,
  data: TypedData,
): Promise<Hex> =>
  createWalletClient({ transport: custom(provider, { retryCount: 0 }) }).signTypedData({ account, ...data });
