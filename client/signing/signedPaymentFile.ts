import { type Address, type Hex, isAddressEqual } from "viem";
import { z } from "zod";
import { addressText, hexText, naturalText } from "#protocol/schemas.ts";
import { UserError } from "#protocol/userError.ts";

/** Ways to sign a payment: for the currency itself (ERC-3009), or for Permit2. */
export const SIGNING_WAYS = ["authorization", "permit2"] as const;
export type SigningWay = (typeof SIGNING_WAYS)[number];

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
  /** The end of its time, in seconds since 1970. */
  deadline: bigint;
  signature: Hex;
}

const File = z.object({
  chainId: z.int(),
  signedPayments: addressText,
  payment: z.object({
    way: z.enum(SIGNING_WAYS),
    payer: addressText,
    release: z.int().positive(),
    currency: addressText,
    amount: naturalText,
    ref: hexText(32),
    nonce: naturalText,
    deadline: naturalText,
    signature: hexText(65),
  }),
});

/** The contract that a payment was signed for. */
export interface PaymentContract {
  chainId: number;
  signedPayments: Address;
}

/** Returns the text of a file that holds a signed payment. */
export function signedPaymentText(payment: SignedPayment, { chainId, signedPayments }: PaymentContract): string {
  const asText = (_name: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
  return `${JSON.stringify({ chainId, signedPayments, payment }, asText, 2)}\n`;
}

/**
 * Reads the signed payment that a file holds.
 *
 * @throws {UserError} if it holds something else, or a payment for another deployment.
 */
export function parseSignedPayment(content: unknown, file: string, contract: PaymentContract): SignedPayment {
  const parsed = File.safeParse(content);
  if (!parsed.success) throw new UserError(`${file} holds no signed payment:\n${z.prettifyError(parsed.error)}`);
  const { chainId, signedPayments, payment } = parsed.data;
  if (chainId !== contract.chainId || !isAddressEqual(signedPayments, contract.signedPayments)) {
    throw new UserError(
      `The payment in ${file} was signed for ${signedPayments} on chain ${chainId}, not for this one.`,
    );
  }
  return payment;
}
