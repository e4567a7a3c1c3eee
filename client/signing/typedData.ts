import {
  type Address,
  createWalletClient,
  custom,
  type EIP1193Provider,
  type Hex,
  type TypedDataDomain,
  type TypedDataParameter,
} from "viem";

/** A message that is signed field by field (EIP-712). */
export interface TypedData {
  domain: TypedDataDomain;
  types: Record<string, readonly TypedDataParameter[]>;
  primaryType: string;
  message: Record<string, unknown>;
}

/** Signs typed data with one of a wallet's accounts. */
export const signTypedData = (
  provider: Pick<EIP1193Provider, "request">,
  account: Address,
  data: TypedData,
): Promise<Hex> =>
  createWalletClient({ transport: custom(provider, { retryCount: 0 }) }).signTypedData({ account, ...data });
