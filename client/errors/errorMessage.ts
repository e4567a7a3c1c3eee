import { classifyFailure, describeFailure } from "#protocol/failures/failure.ts";
import { UserError } from "#protocol/userError.ts";
import { asSentence } from "./explain.ts";
import { toUserError } from "./refusal.ts";

// Error codes of wallets. Source: https://eips.ethereum.org/EIPS/eip-1193; the last one is MetaMask's.
const REJECTED = 4001;
const UNAUTHORIZED = 4100;
const REQUEST_PENDING = -32_002;

const WALLET_MESSAGES: ReadonlyMap<unknown, string> = new Map([
  [REJECTED, "You declined the request in the wallet."],
  [
    UNAUTHORIZED,
    "The wallet is locked, or does not allow this page to use the account. Unlock the wallet and connect again.",
  ],
  [REQUEST_PENDING, "The wallet already shows another request. Open the wallet and answer that request first."],
]);

function walletCode(error: unknown): unknown {
  for (let each = error; typeof each === "object" && each !== null;) {
    const { code, cause } = each as { code?: unknown; cause?: unknown };
    if (WALLET_MESSAGES.has(code)) return code;
    each = cause;
  }
  return undefined;
}

/** Returns true if the person declined the request in the wallet. */
export const isRejection = (error: unknown): boolean => walletCode(error) === REJECTED;

/**
 * Returns a message for people: the failure, its reason and the remedy.
 *
 * @param subject The node that was asked, at the start of a sentence. Default: "The node".
 */
export function errorMessage(error: unknown, subject?: string): string {
  return knownMessage(error, subject) ?? `The request failed: ${asSentence(classifyFailure(error).reason)} Try again.`;
}

/** Returns the message of {@link errorMessage}; undefined for an error of no known kind, such as a fault of the program. */
export function knownMessage(error: unknown, subject?: string): string | undefined {
  if (error instanceof UserError) return error.message;
  const fromWallet = WALLET_MESSAGES.get(walletCode(error));
  if (fromWallet !== undefined) return fromWallet;
  const explained = toUserError(error);
  return explained instanceof UserError ? explained.message : describeFailure(classifyFailure(error), subject);
}
