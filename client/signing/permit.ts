import {
  type Address,
  domainSeparator,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  hexToBytes,
  parseSignature,
  type PublicClient,
  type TypedDataDomain,
  type TypedDataParameter,
} from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import { permitTypes } from "#protocol/typedData.ts";
import { signedCurrencyAbi } from "#protocol/currencyAbi.ts";

export interface TypedData {
  domain: TypedDataDomain;
  types: Record<string, readonly TypedDataParameter[]>;
  primaryType: string;
  message: Record<string, unknown>;
}

interface Chain {
  client: PublicClient;
  chainId: number;
}

export interface PermitParameters {
  currency: Address;
  owner: Address;
  /** The ledger. */
  spender: Address;
  amount: bigint;
}

export interface Permit {
  /** What the owner signs. */
  message: TypedData;
  /** The ledger's call that uses the signature. */
  call: (signature: Hex) => Hex;
}

/** An ERC-2612 permit that serves for an hour; undefined if the currency takes none. */
export async function permitFor(
  chain: Chain,
  { currency, owner, spender, amount }: PermitParameters,
): Promise<Permit | undefined> {
  const nonce = await chain.client
    .readContract({ address: currency, abi: signedCurrencyAbi, functionName: "nonces", args: [owner] })
    .catch(() => undefined);
  const domain = nonce === undefined ? undefined : await domainOf(chain, currency);
  if (!domain) return undefined;
  const deadline = await expiry(chain, PROMPTLY_SECONDS);
  return {
    message: {
      domain,
      types: permitTypes,
      primaryType: "Permit",
      message: { owner, spender, value: amount, nonce, deadline },
    },
    call: (signature) => {
      const { v, r, s } = splitSignature(signature);
      return encodeFunctionData({
        abi: ledgerAbi,
        functionName: "permit",
        args: [currency, amount, deadline, v, r, s],
      });
    },
  };
}

/** What is signed to be sent at once serves for an hour. */
export const PROMPTLY_SECONDS = 3_600;

/** So many seconds from the newest block on. */
export const expiry = async ({ client }: Pick<Chain, "client">, seconds: number): Promise<bigint> =>
  (await client.getBlock()).timestamp + BigInt(seconds);

/** A signature as currencies take it. */
export function splitSignature(signature: Hex): { v: number; r: Hex; s: Hex } {
  if (hexToBytes(signature).length !== 65) throw new UserError("The account's signature is not one of a key.");
  const { r, s, yParity } = parseSignature(signature);
  return { v: 27 + yParity, r, s };
}

/**
 * The EIP-712 domain of a currency: as it tells it itself (ERC-5267), or else by its name and version. Undefined if what
 * is found is not what it checks signatures by, or if it checks none.
 */
export async function domainOf({ client, chainId }: Chain, address: Address): Promise<TypedDataDomain | undefined> {
  const read = <Name extends "eip712Domain" | "DOMAIN_SEPARATOR" | "version">(functionName: Name) =>
    client.readContract({ address, abi: signedCurrencyAbi, functionName }).catch(() => undefined);
  const told = (await read("eip712Domain")) as readonly [Hex, string, string, ...unknown[]] | undefined;
  const [separator, version] = [await read("DOMAIN_SEPARATOR"), await read("version")];
  const name =
    told?.[1] ?? (await client.readContract({ address, abi: erc20Abi, functionName: "name" }).catch(() => undefined));
  if (separator === undefined || name === undefined) return undefined;
  for (const each of [told?.[2], version, "1", "2"]) {
    if (typeof each !== "string") continue;
    const domain = { name, version: each, chainId, verifyingContract: address };
    if (domainSeparator({ domain }) === separator) return domain;
  }
  return undefined;
}
