import { UserError } from "#protocol/userError.ts";
import { ADVICE, type ErrorArguments } from "./advice.ts";
import { innermost, reasonOf } from "./explain.ts";

/** A call that a contract refuses. */
export class Refused extends UserError {
  /** The name of the contract's error; undefined if it gave none. */
  readonly errorName: string | undefined;
  readonly errorArguments: ErrorArguments;

  constructor(message: string, errorName?: string, errorArguments: ErrorArguments = {}, cause?: unknown) {
    super(message, { cause });
    this.errorName = errorName;
    this.errorArguments = errorArguments;
  }
}

/** A refusal that is known before the contract is asked, in the words of the contract's own error. */
export const refusedAs = (errorName: string, errorArguments: ErrorArguments): Refused =>
  new Refused(ADVICE[errorName]?.(errorArguments) ?? errorName, errorName, errorArguments);

/** Turns what a call failed with into what people can make of it, or returns it as it is. */
export function refusal(error: unknown): unknown {
  if (error instanceof UserError) return error;
  const reason = reasonOf(error);
  if (reason) return new Refused(reason.says, reason.name, reason.args, error);
  if (/insufficient funds|doesn't have enough funds/i.test(innermost(error))) {
    return new UserError("The account has not enough native money for this and its gas. Send it some first.", {
      cause: error,
    });
  }
  return error;
}

/** Rejects with the {@link refusal} of what a call failed with. */
export const orRefusal = <T>(call: Promise<T>): Promise<T> =>
  call.catch((error: unknown) => {
    throw refusal(error);
  });
