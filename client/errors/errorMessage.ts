import { UserError } from "#protocol/userError.ts";
import { asSentence, innermostMessage } from "./explain.ts";
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

/** Returns a message for people: the failure, its reason and the remedy. */
export function errorMessage(error: unknown): string {
  if (error instanceof UserError) return error.message;
  const fromWallet = WALLET_MESSAGES.get(walletCode(error));
  if (fromWallet !== undefined) return fromWallet;
  const explained = toUserError(error);
  if (explained instanceof UserError) return explained.message;
  return `The request failed: ${asSentence(messageOf(error))} Try again, or use another node.`;
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return innermostMessage(error);
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === "string" ? message : String(error);
}
