import { type Address, encodeFunctionData, type Hex } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { signedCurrencyAbi } from "#protocol/currencyAbi.ts";
import { permitTypes } from "#protocol/typedData.ts";
import type { Chain } from "../chain/chain.ts";
import { currencyDomain } from "./currencyDomain.ts";
import { expiry, PROMPT_EXPIRY_SECONDS } from "./expiry.ts";
import { splitSignature } from "./splitSignature.ts";
import type { TypedData } from "./typedData.ts";

export interface PermitParameters {
  currency: Address;
  owner: Address;
  amount: bigint;
}

export interface Permit {
  /** The message that the owner of the money signs. */
  message: TypedData;
  /** Encodes the ledger's call that uses the signature. */
  call: (signature: Hex) => Hex;
}

/** Prepares an ERC-2612 permit for the ledger, valid for an hour; undefined if the currency does not support permits. */
export async function permitFor(
  chain: Chain,
  { currency, owner, amount }: PermitParameters,
): Promise<Permit | undefined> {
  const nonce = await chain.client
    .readContract({ address: currency, abi: signedCurrencyAbi, functionName: "nonces", args: [owner] })
    .catch(() => undefined);
  const domain = nonce === undefined ? undefined : await currencyDomain(chain, currency);
  if (!domain) return undefined;
  const deadline = await expiry(chain, PROMPT_EXPIRY_SECONDS);
  return {
    message: {
      domain,
      types: permitTypes,
      primaryType: "Permit",
      message: { owner, spender: chain.deployment.ledger, value: amount, nonce, deadline },
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
