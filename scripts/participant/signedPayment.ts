import { randomBytes } from "node:crypto";
import { type Address, bytesToBigInt, encodeFunctionData, type Hex } from "viem";
import { z } from "zod";
import { UserError } from "#protocol/userError.ts";
import { permit2Domain, permit2FeeTypes, receiveWithAuthorizationTypes } from "#protocol/typedData.ts";
import { signedCurrencyAbi } from "#protocol/currencyAbi.ts";
import { signedPaymentsAbi } from "#protocol/abis.ts";
import { readJson, writeNew } from "#node/files.ts";
import { domainOf, expiry, splitSignature } from "#client/signing/permit.ts";
import type { Payment } from "./payment.ts";
import type { Session } from "./session.ts";
import type { Call } from "#client/transactions/cost.ts";
import { signTypedData } from "./typedData.ts";

/** How a payment is signed: for the currency itself (ERC-3009), or for Permit2. */
export type SigningWay = "authorization" | "permit2";

/** A fee that its payer signed, and anyone may submit. */
export interface SignedPayment {
  way: SigningWay;
  payer: Address;
  release: number;
  currency: Address;
  amount: bigint;
  ref: Hex;
  /** Any number: the salt of an authorization, or Permit2's nonce. */
  nonce: bigint;
  /** Until when it serves, in seconds since 1970. */
  deadline: bigint;
  signature: Hex;
}

/** Whether a currency takes ERC-3009 authorizations. */
export async function takesAuthorizations(session: Session, currency: Address): Promise<boolean> {
  const state = await session.client
    .readContract({
      address: currency,
      abi: signedCurrencyAbi,
      functionName: "authorizationState",
      args: [await session.account(), `0x${"0".repeat(64)}`],
    })
    .catch(() => undefined);
  return state !== undefined && (await domainOf(session, currency)) !== undefined;
}

/**
 * Signs a payment with the session's account.
 *
 * @throws {UserError} if the currency does not take what would be signed.
 */
export async function signPayment(
  session: Session,
  way: SigningWay,
  { release, currency, amount, ref }: Payment,
  seconds: number,
): Promise<SignedPayment> {
  const unsigned = {
    way,
    payer: await session.account(),
    release,
    currency: currency.address,
    amount,
    ref,
    nonce: bytesToBigInt(randomBytes(16)),
    deadline: await expiry(session, seconds),
  };
  if (way === "authorization") {
    const domain = await domainOf(session, currency.address);
    if (!domain || !(await takesAuthorizations(session, currency.address))) {
      throw new UserError(`${currency.symbol} takes no authorizations (ERC-3009). Pay in another way: --way permit2.`);
    }
    const signature = await signTypedData(session, {
      domain,
      types: receiveWithAuthorizationTypes,
      primaryType: "ReceiveWithAuthorization",
      message: {
        from: unsigned.payer,
        to: session.signedPayments.address,
        value: amount,
        validAfter: 0n,
        validBefore: unsigned.deadline,
        nonce: await session.signedPayments.read.nonceOf([authorization(unsigned)]),
      },
    });
    return { ...unsigned, signature };
  }
  await requirePermit2(session);
  const signature = await signTypedData(session, {
    domain: permit2Domain(session.chainId, session.permit2),
    types: permit2FeeTypes,
    primaryType: "PermitWitnessTransferFrom",
    message: {
      permitted: { token: currency.address, amount },
      spender: session.signedPayments.address,
      nonce: unsigned.nonce,
      deadline: unsigned.deadline,
      witness: { payer: unsigned.payer, release, ref },
    },
  });
  return { ...unsigned, signature };
}

/** @throws {UserError} if it is not on this chain. */
export async function requirePermit2(session: Session): Promise<void> {
  if ((await session.client.getCode({ address: session.permit2 })) !== undefined) return;
  throw new UserError(`There is no Permit2 on this chain (at ${session.permit2}). Pay in another way.`);
}

type Unsigned = Omit<SignedPayment, "signature">;

const authorization = ({ payer, release, currency, amount, ref, nonce, deadline }: Unsigned) => ({
  payer,
  release,
  currency,
  amount,
  ref,
  salt: nonce,
  validAfter: 0n,
  validBefore: deadline,
});

/** The call that submits a signed payment. */
export function submission(session: Session, signed: SignedPayment): Call {
  const to = session.signedPayments.address;
  const { way, signature, ...payment } = signed;
  if (way === "permit2") {
    const args = [payment, signature] as const;
    return { to, data: encodeFunctionData({ abi: signedPaymentsAbi, functionName: "payWithPermit2", args }) };
  }
  const { v, r, s } = splitSignature(signature);
  const args = [authorization(signed), v, r, s] as const;
  return { to, data: encodeFunctionData({ abi: signedPaymentsAbi, functionName: "pay", args }) };
}

const hex = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^0x[0-9a-fA-F]{${2 * bytes}}$`))
    .transform((text) => text as Hex);
const natural = z
  .string()
  .regex(/^\d+$/)
  .transform((text) => BigInt(text));

const SignedPaymentFile = z.object({
  chainId: z.int(),
  signedPayments: hex(20),
  payment: z.object({
    way: z.enum(["authorization", "permit2"]),
    payer: hex(20),
    release: z.int().positive(),
    currency: hex(20),
    amount: natural,
    ref: hex(32),
    nonce: natural,
    deadline: natural,
    signature: hex(65),
  }),
});

export async function writeSignedPayment(session: Session, file: string, payment: SignedPayment): Promise<void> {
  const content = { chainId: session.chainId, signedPayments: session.signedPayments.address, payment };
  const asText = (_name: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
  await writeNew(file, `${JSON.stringify(content, asText, 2)}\n`);
}

/** @throws {UserError} if the file holds none, or one for another deployment. */
export async function readSignedPayment(session: Session, file: string): Promise<SignedPayment> {
  const parsed = SignedPaymentFile.safeParse(await readJson(file));
  if (!parsed.success) throw new UserError(`${file} holds no signed payment:\n${z.prettifyError(parsed.error)}`);
  const { chainId, signedPayments, payment } = parsed.data;
  if (chainId !== session.chainId || signedPayments.toLowerCase() !== session.signedPayments.address.toLowerCase()) {
    throw new UserError(
      `The payment in ${file} was signed for ${signedPayments} on chain ${chainId}, not for this one.`,
    );
  }
  return payment;
}
