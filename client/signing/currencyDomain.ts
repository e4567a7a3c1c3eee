import { type Address, domainSeparator, erc20Abi, type Hex, type TypedDataDomain } from "viem";
import { signedCurrencyAbi } from "#protocol/currencyAbi.ts";
import type { Chain } from "../chain/chain.ts";

/**
 * Finds the EIP-712 domain of a currency: the one it declares (ERC-5267), else one made of its name and version. Returns
 * undefined if the currency uses another domain, or does not check signatures.
 */
export async function currencyDomain(
  { client, chainId }: Chain,
  address: Address,
): Promise<TypedDataDomain | undefined> {
  const read = <Name extends "eip712Domain" | "DOMAIN_SEPARATOR" | "version">(functionName: Name) =>
    client.readContract({ address, abi: signedCurrencyAbi, functionName }).catch(() => undefined);
  const declared = (await read("eip712Domain")) as readonly [Hex, string, string, ...unknown[]] | undefined;
  const [separator, version] = [await read("DOMAIN_SEPARATOR"), await read("version")];
  const name =
    declared?.[1] ??
    (await client.readContract({ address, abi: erc20Abi, functionName: "name" }).catch(() => undefined));
  if (separator === undefined || name === undefined) return undefined;
  for (const candidate of [declared?.[2], version, "1", "2"]) {
    if (typeof candidate !== "string") continue;
    const domain = { name, version: candidate, chainId, verifyingContract: address };
    if (domainSeparator({ domain }) === separator) return domain;
  }
  return undefined;
}
