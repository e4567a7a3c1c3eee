import {
  type Address,
  createWalletClient,
  custom,
  type EIP1193Provider,
  getTypesForEIP712Domain,
  type Hex,
  serializeTypedData,
  size,
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

/** Returns typed data as JSON, in the form that wallets take for `eth_signTypedData_v4`. */
export function typedDataJson({ domain, types, primaryType, message }: TypedData): unknown {
  const all: Record<string, unknown> = { EIP712Domain: getTypesForEIP712Domain({ domain }), ...types };
  // viem derives the message's type from the types, which are not known here when this is compiled.
  return JSON.parse(serializeTypedData({ domain, types: all, primaryType, message } as never));
}

/** Returns what the file of an unsigned message holds beside it: the message, for the wallet that signs it elsewhere. */
export const messageToSign = (signature: Hex, message: TypedData | undefined): { typedData?: unknown } =>
  message && size(signature) === 0 ? { typedData: typedDataJson(message) } : {};
