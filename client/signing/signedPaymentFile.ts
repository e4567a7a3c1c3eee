import { type Address, type Hex, isAddressEqual } from "viem";
import { z } from "zod";
import { addressText, hexText, naturalText, signatureText } from "#protocol/schemas.ts";
import { UserError } from "#protocol/userError.ts";
import { messageToSign, type TypedData } from "./typedData.ts";

/** Ways to sign a payment: an authorization of the currency itself (ERC-3009), or a Permit2 message. */
export const SIGNING_WAYS = ["authorization", "permit2"] as const;
export type SigningWay = (typeof SIGNING_WAYS)[number];

/** A fee that its payer signed and that anyone may submit. */
export interface SignedPayment {
  way: SigningWay;
  payer: Address;
  release: number;
  currency: Address;
  amount: bigint;
  ref: Hex;
  /** Any number: the salt of an authorization, or the nonce of Permit2. */
  nonce: bigint;
  /** The time at which it expires, in seconds since 1970. */
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
    signature: signatureText,
  }),
});

/** The contract that a payment was signed for. */
export interface PaymentContract {
  chainId: number;
  signedPayments: Address;
}

/**
 * Returns the text of a signed payment's file.
 *
 * @param message The message to sign. It is written if there is no signature yet (0x).
 */
export function signedPaymentText(
  payment: SignedPayment,
  { chainId, signedPayments }: PaymentContract,
  message?: TypedData,
): string {
  const asText = (_name: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);
  return `${JSON.stringify({ chainId, signedPayments, payment, ...messageToSign(payment.signature, message) }, asText, 2)}\n`;
}

/**
 * Parses the content of a signed payment's file.
 *
 * @throws {UserError} if the content is not a signed payment, or if the payment is for another deployment.
 */
export function parseSignedPayment(content: unknown, file: string, contract: PaymentContract): SignedPayment {
  const parsed = File.safeParse(content);
  if (!parsed.success)
    throw new UserError(
      `${file} does not contain a signed payment. Name the file that \`pay --sign\` wrote:\n${z.prettifyError(parsed.error)}`,
    );
  const { chainId, signedPayments, payment } = parsed.data;
  if (chainId !== contract.chainId || !isAddressEqual(signedPayments, contract.signedPayments)) {
    throw new UserError(
      `The payment in ${file} was signed for the contract ${signedPayments} on chain ${chainId}, not for this deployment. Use --network and --deployment of that one, or ask for another file.`,
    );
  }
  return payment;
}
