import {
  type Address,
  concatHex,
  encodeFunctionData,
  getContract,
  numberToHex,
  type TypedDataDomain,
  zeroHash,
} from "viem";
import { signedCurrencyAbi } from "#protocol/currencyAbi.ts";
import { permit2Domain, permit2FeeTypes, receiveWithAuthorizationTypes } from "#protocol/typedData.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import { ifAnswered } from "../../errors/ifAnswered.ts";
import { accountKind } from "../../signing/accountKind.ts";
import { currencyDomain } from "../../signing/currencyDomain.ts";
import { expiry, PROMPT_EXPIRY_SECONDS } from "../../signing/expiry.ts";
import { randomNonce } from "../../signing/randomNonce.ts";
import { refusesWrongSignature, WRONG_SIGNATURE } from "../../signing/refusesWrongSignature.ts";
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
  if (way === "authorization" && !(await supportsAuthorizations(chain, account, currency.address))) {
    throw new UserError(
      `${currency.symbol} does not support authorizations (ERC-3009) that ${account} can sign. Choose another way to pay.`,
    );
  }
  return { payment, message: await paymentMessage(chain, payment) };
}

/**
 * Returns the message that the payer of a payment signs.
 *
 * @throws {UserError} if the currency's domain is not known, or if the chain has no Permit2.
 */
export async function paymentMessage(chain: Chain, payment: UnsignedPayment): Promise<TypedData> {
  if (payment.way === "permit2") return permit2Message(chain, payment);
  const domain = await currencyDomain(chain, payment.currency);
  if (domain) return authorizationMessage(chain, payment, domain);
  throw new UserError(
    `The token ${payment.currency} does not support authorizations (ERC-3009), or does not say for which domain they are signed. Choose another way to pay.`,
  );
}

/**
 * Returns true if a currency supports ERC-3009 authorizations that an account can sign: it refuses one with a wrong
 * signature, and for a contract wallet, it takes signatures of any form.
 */
export async function supportsAuthorizations(chain: Chain, account: Address, currency: Address): Promise<boolean> {
  const { client } = chain;
  const token = getContract({ address: currency, abi: signedCurrencyAbi, client });
  const state = await ifAnswered(token.read.authorizationState([account, zeroHash]));
  if (state === undefined || (await currencyDomain(chain, currency)) === undefined) return false;
  const from = chain.signedPayments.address;
  const { v, r, s } = WRONG_SIGNATURE;
  const terms = [account, from, 1n, 0n, await expiry(chain, PROMPT_EXPIRY_SECONDS), zeroHash] as const;
  const { kind } = await accountKind(client, account);
  const data =
    kind === "contract"
      ? encodeFunctionData({
          abi: signedCurrencyAbi,
          functionName: "receiveWithAuthorization",
          args: [...terms, concatHex([r, s, numberToHex(v)])],
        })
      : encodeFunctionData({
          abi: signedCurrencyAbi,
          functionName: "receiveWithAuthorization",
          args: [...terms, v, r, s],
        });
  return refusesWrongSignature(client, { from, to: currency, data });
}

async function authorizationMessage(
  chain: Chain,
  payment: UnsignedPayment,
  domain: TypedDataDomain,
): Promise<TypedData> {
  const { payer, amount, deadline } = payment;
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
