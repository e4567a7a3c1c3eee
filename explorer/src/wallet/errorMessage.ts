import { UserError } from "#protocol/userError.ts";
import { innermost, reasonOf } from "#client/errors/explain.ts";
import { ApiProblem, Unreachable } from "../api/client.ts";

const REJECTED = 4001;
const UNAUTHORIZED = 4100;
const ASKS_ALREADY = -32_002;

function codeOf(error: unknown): unknown {
  for (let each = error; each instanceof Error || (typeof each === "object" && each !== null);) {
    const { code, cause } = each as { code?: unknown; cause?: unknown };
    if (code === REJECTED || code === UNAUTHORIZED || code === ASKS_ALREADY) return code;
    each = cause;
  }
  return undefined;
}

export const isRejection = (error: unknown): boolean => codeOf(error) === REJECTED;

/** What went wrong, and what to do about it. */
export function errorMessage(error: unknown): string {
  if (error instanceof UserError || error instanceof ApiProblem) return error.message;
  if (error instanceof Unreachable) return "The API cannot be reached. Try again once it can.";
  switch (codeOf(error)) {
    case REJECTED:
      return "You declined it in the wallet.";
    case UNAUTHORIZED:
      return "The wallet is locked, or does not let this page use the account. Unlock it and connect again.";
    case ASKS_ALREADY:
      return "The wallet is asking you something already. Open it, and answer there.";
  }
  const reason = reasonOf(error);
  if (reason) return reason.says;
  const said = messageOf(error);
  if (/insufficient funds|doesn't have enough funds/i.test(said)) {
    return "The account has not enough native money for this and its gas. Send it some first.";
  }
  return `The wallet or its node says: ${said}`;
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return innermost(error);
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === "string" ? message : String(error);
}
