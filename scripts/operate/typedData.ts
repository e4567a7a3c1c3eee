import {
  type Address,
  createWalletClient,
  custom,
  domainSeparator,
  type Hex,
  type TypedDataDomain,
  type TypedDataParameter,
} from "viem";
import { signedCurrencyAbi } from "./abis.ts";
import type { Session } from "./session.ts";

export interface TypedData {
  domain: TypedDataDomain;
  types: Record<string, readonly TypedDataParameter[]>;
  primaryType: string;
  message: Record<string, unknown>;
}

/** Signs typed data (EIP-712) with the session's account. */
export async function signTypedData(session: Session, data: TypedData): Promise<Hex> {
  const wallet = createWalletClient({ transport: custom(session.provider, { retryCount: 0 }) });
  return wallet.signTypedData({ account: await session.account(), ...data });
}

/**
 * The EIP-712 domain of a currency: as it tells it itself (ERC-5267), or else by its name and version. Undefined if what
 * is found is not what it checks signatures by, or if it checks none.
 */
export async function domainOf(session: Session, address: Address): Promise<TypedDataDomain | undefined> {
  const { client, chainId } = session;
  const read = <Name extends "eip712Domain" | "DOMAIN_SEPARATOR" | "version">(functionName: Name) =>
    client.readContract({ address, abi: signedCurrencyAbi, functionName }).catch(() => undefined);
  const told = (await read("eip712Domain")) as readonly [Hex, string, string, ...unknown[]] | undefined;
  const [separator, version] = [await read("DOMAIN_SEPARATOR"), await read("version")];
  const name =
    told?.[1] ??
    (await session
      .token(address)
      .read.name()
      .catch(() => undefined));
  if (separator === undefined || name === undefined) return undefined;
  for (const each of [told?.[2], version, "1", "2"]) {
    if (typeof each !== "string") continue;
    const domain = { name, version: each, chainId, verifyingContract: address };
    if (domainSeparator({ domain }) === separator) return domain;
  }
  return undefined;
}
