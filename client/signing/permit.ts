import { type Address, encodeFunctionData, getContract, type Hex, keccak256, stringToHex } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { signedCurrencyAbi } from "#protocol/currencyAbi.ts";
import { permitTypes } from "#protocol/typedData.ts";
import type { Chain } from "../chain/chain.ts";
import { ifAnswered } from "../errors/ifAnswered.ts";
import { currencyDomain } from "./currencyDomain.ts";
import { expiry, PROMPT_EXPIRY_SECONDS } from "./expiry.ts";
import { refusesWrongSignature, WRONG_SIGNATURE } from "./refusesWrongSignature.ts";
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
  /** Encodes the currency's call, which the ledger makes and whose refusal it ignores. */
  currencyCall: (signature: Hex) => Hex;
}

/** The digest of the message's type, which some currencies publish as `PERMIT_TYPEHASH`. */
const PERMIT_TYPEHASH = keccak256(
  stringToHex(`Permit(${permitTypes.Permit.map(({ type, name }) => `${type} ${name}`).join(",")})`),
);

/**
 * Prepares an ERC-2612 permit for the ledger, valid for an hour. Returns undefined if the currency does not support such
 * permits. Neither nonces nor a domain are taken as a sign that it does: its `permit` must refuse a wrong signature.
 */
export async function permitFor(
  chain: Chain,
  { currency, owner, amount }: PermitParameters,
): Promise<Permit | undefined> {
  const token = getContract({ address: currency, abi: signedCurrencyAbi, client: chain.client });
  const nonce = await ifAnswered(token.read.nonces([owner]));
  if (nonce === undefined) return undefined;
  const type = await ifAnswered(token.read.PERMIT_TYPEHASH());
  if (type !== undefined && type !== PERMIT_TYPEHASH) return undefined;
  const domain = await currencyDomain(chain, currency);
  if (!domain) return undefined;
  const deadline = await expiry(chain, PROMPT_EXPIRY_SECONDS);
  const currencyCall = ({ v, r, s }: { v: number; r: Hex; s: Hex }) =>
    encodeFunctionData({
      abi: signedCurrencyAbi,
      functionName: "permit",
      args: [owner, chain.deployment.ledger, amount, deadline, v, r, s],
    });
  const probe = { to: currency, data: currencyCall(WRONG_SIGNATURE) };
  if (!(await refusesWrongSignature(chain.client, probe))) return undefined;
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
    currencyCall: (signature) => currencyCall(splitSignature(signature)),
  };
}
