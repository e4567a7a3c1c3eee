import { type Address, zeroHash } from "viem";
import { signedCurrencyAbi } from "#protocol/currencyAbi.ts";
import { permit2Domain, permit2FeeTypes, receiveWithAuthorizationTypes } from "#protocol/typedData.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import { currencyDomain } from "../../signing/currencyDomain.ts";
import { expiry } from "../../signing/expiry.ts";
import { randomNonce } from "../../signing/randomNonce.ts";
import type { SignedPayment, SigningWay } from "../../signing/signedPaymentFile.ts";
import type { TypedData } from "../../signing/typedData.ts";
import type { Fee } from "./fee.ts";

export type UnsignedPayment = Omit<SignedPayment, "signature">;

export interface PreparePaymentParameters extends Fee {
  way: SigningWay;
  /** The time after which it expires. */
  seconds: number;
}

/**
 * Prepares a payment by an authorization (ERC-3009) or by Permit2, and the message to sign for it.
 *
 * @throws {UserError} if the currency does not support authorizations, or if the chain has no Permit2.
 */
export async function preparePayment(
  chain: Chain,
  account: Address,
  { way, release, currency, amount, ref, seconds }: PreparePaymentParameters,
): Promise<{ payment: UnsignedPayment; message: TypedData }> {
  const payment: UnsignedPayment = {
    way,
    payer: account,
    release,
    currency: currency.address,
    amount,
    ref,
    nonce: randomNonce(16),
    deadline: await expiry(chain, seconds),
  };
  if (way === "permit2") return { payment, message: await permit2Message(chain, payment) };
  const message = await authorizationMessage(chain, payment);
  if (message) return { payment, message };
  throw new UserError(`${currency.symbol} does not support authorizations (ERC-3009). Choose another way to pay.`);
}

/** Returns true if a currency supports ERC-3009 authorizations. */
export async function supportsAuthorizations(chain: Chain, account: Address, currency: Address): Promise<boolean> {
  const args = [account, zeroHash] as const;
  const state = await chain.client
    .readContract({ address: currency, abi: signedCurrencyAbi, functionName: "authorizationState", args })
    .catch(() => undefined);
  return state !== undefined && (await currencyDomain(chain, currency)) !== undefined;
}

async function authorizationMessage(chain: Chain, payment: UnsignedPayment): Promise<TypedData | undefined> {
  const { payer, currency, amount, deadline } = payment;
  const domain = await currencyDomain(chain, currency);
  if (!domain || !(await supportsAuthorizations(chain, payer, currency))) return undefined;
  const { address, read } = chain.signedPayments;
  return {
    domain,
    types: receiveWithAuthorizationTypes,
    primaryType: "ReceiveWithAuthorization",
    message: {
      from: payer,
      to: address,
      value: amount,
      validAfter: 0n,
      validBefore: deadline,
      nonce: await read.nonceOf([authorizationOf(payment)]),
    },
  };
}

async function permit2Message(chain: Chain, payment: UnsignedPayment): Promise<TypedData> {
  const { permit2 } = chain;
  if ((await chain.client.getCode({ address: permit2 })) === undefined) {
    throw new UserError(`There is no Permit2 on this chain (at ${permit2}). Choose another way to pay.`);
  }
  const { payer, release, currency, amount, ref, nonce, deadline } = payment;
  return {
    domain: permit2Domain(chain.chainId, permit2),
    types: permit2FeeTypes,
    primaryType: "PermitWitnessTransferFrom",
    message: {
      permitted: { token: currency, amount },
      spender: chain.signedPayments.address,
      nonce,
      deadline,
      witness: { payer, release, ref },
    },
  };
}

/** Returns a payment in the form that `SignedPayments.pay` takes. */
export const authorizationOf = ({ payer, release, currency, amount, ref, nonce, deadline }: UnsignedPayment) => ({
  payer,
  release,
  currency,
  amount,
  ref,
  salt: nonce,
  validAfter: 0n,
  validBefore: deadline,
});
