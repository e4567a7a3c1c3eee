import {
  type Address,
  domainSeparator,
  erc20Abi,
  type Hex,
  hexToNumber,
  numberToHex,
  type TypedDataDomain,
} from "viem";
import { signedCurrencyAbi } from "#protocol/currencyAbi.ts";
import { ifAnswered } from "../errors/ifAnswered.ts";
import type { Chain } from "../chain/chain.ts";

/**
 * Finds the EIP-712 domain of a currency: the one it declares (ERC-5267), else one made of its name and version that has
 * the currency's `DOMAIN_SEPARATOR`. Returns undefined if the currency uses another domain, or does not check signatures.
 */
export async function currencyDomain(
  { client, chainId }: Chain,
  address: Address,
): Promise<TypedDataDomain | undefined> {
  const read = <Name extends "eip712Domain" | "DOMAIN_SEPARATOR" | "version">(functionName: Name) =>
    ifAnswered(client.readContract({ address, abi: signedCurrencyAbi, functionName }));
  const declaration = (await read("eip712Domain")) as Declaration | undefined;
  const declared = declaration && declaredDomain(declaration);
  const separator = (await read("DOMAIN_SEPARATOR")) as Hex | undefined;
  if (separator === undefined) return declared;
  const version = (await read("version")) as string | undefined;
  const name =
    declared?.name ?? (await ifAnswered(client.readContract({ address, abi: erc20Abi, functionName: "name" })));
  const common = { ...(name !== undefined && { name }), verifyingContract: address };
  const candidates: TypedDataDomain[] = [
    ...(declared ? [declared] : []),
    ...[declared?.version, version, "1", "2"].flatMap((each) =>
      typeof each === "string" ? [{ ...common, version: each, chainId }] : [],
    ),
    { ...common, chainId },
    // The form of tokens that were bridged to Polygon: the chain's id as salt.
    { ...common, version: version ?? "1", salt: numberToHex(chainId, { size: 32 }) },
  ];
  return candidates.find((domain) => domainSeparator({ domain }) === separator);
}

type Declaration = readonly [
  fields: Hex,
  name: string,
  version: string,
  chainId: bigint,
  verifyingContract: Address,
  salt: Hex,
  extensions: readonly bigint[],
];

/** Returns the domain with the fields that are declared as used, from the lowest bit on. */
function declaredDomain([fields, name, version, chainId, verifyingContract, salt]: Declaration): TypedDataDomain {
  const used = hexToNumber(fields);
  return {
    ...(used & 1 && { name }),
    ...(used & 2 && { version }),
    ...(used & 4 && { chainId: Number(chainId) }),
    ...(used & 8 && { verifyingContract }),
    ...(used & 16 && { salt }),
  };
}
