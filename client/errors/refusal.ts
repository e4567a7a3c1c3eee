import { classifyFailure, describeFailure } from "#protocol/failures/failure.ts";
import { UserError } from "#protocol/userError.ts";
import { ADVICE, type ErrorArguments } from "./advice.ts";
import { reasonOf } from "./explain.ts";

/** The error of a call that a contract refuses. */
export class Refusal extends UserError {
  /** Name of the contract's error; undefined if the contract gave none. */
  readonly errorName: string | undefined;
  readonly errorArguments: ErrorArguments;

  constructor(message: string, errorName?: string, errorArguments: ErrorArguments = {}, cause?: unknown) {
    super(message, { cause });
    this.errorName = errorName;
    this.errorArguments = errorArguments;
  }
}

/** Creates the refusal for a contract's error, where the outcome is known before the call is made. */
export const refusalFor = (errorName: string, errorArguments: ErrorArguments): Refusal =>
  new Refusal(ADVICE[errorName]?.(errorArguments) ?? errorName, errorName, errorArguments);

/**
 * Turns the error of a call that was refused, by the contract or for lack of native money, into a message for people.
 * Returns other errors unchanged: the call may succeed when it is repeated.
 */
export function toUserError(error: unknown): unknown {
  if (error instanceof UserError) return error;
  const reason = reasonOf(error);
  if (reason) return new Refusal(reason.message, reason.name, reason.args, error);
  const failure = classifyFailure(error);
  if (failure.kind !== "outOfFunds") return error;
  return new UserError(describeFailure(failure) ?? failure.reason, { cause: error });
}

/** Waits for a call; turns its error with {@link toUserError}. */
export const orRefusal = <T>(call: Promise<T>): Promise<T> =>
  call.catch((error: unknown) => {
    throw toUserError(error);
  });
