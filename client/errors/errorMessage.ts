import { UserError } from "#protocol/userError.ts";
import { innermost } from "./explain.ts";
import { refusal } from "./refused.ts";

// Errors of wallets. Source: https://eips.ethereum.org/EIPS/eip-1193; the last is MetaMask's.
const REJECTED = 4001;
const UNAUTHORIZED = 4100;
const ASKS_ALREADY = -32_002;

const WALLET_MESSAGES: ReadonlyMap<unknown, string> = new Map([
  [REJECTED, "You declined it in the wallet."],
  [UNAUTHORIZED, "The wallet is locked, or does not let this page use the account. Unlock it and connect again."],
  [ASKS_ALREADY, "The wallet is asking you something already. Open it, and answer there."],
]);

function walletCode(error: unknown): unknown {
  for (let each = error; typeof each === "object" && each !== null;) {
    const { code, cause } = each as { code?: unknown; cause?: unknown };
    if (WALLET_MESSAGES.has(code)) return code;
    each = cause;
  }
  return undefined;
}

/** Returns true if the wallet's owner said no. */
export const isRejection = (error: unknown): boolean => walletCode(error) === REJECTED;

/** Says what went wrong, and what to do about it. */
export function errorMessage(error: unknown): string {
  if (error instanceof UserError) return error.message;
  const fromWallet = WALLET_MESSAGES.get(walletCode(error));
  if (fromWallet !== undefined) return fromWallet;
  const explained = refusal(error);
  if (explained instanceof UserError) return explained.message;
  return `The node rejected the request: ${messageOf(error)}`;
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return innermost(error);
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === "string" ? message : String(error);
}
