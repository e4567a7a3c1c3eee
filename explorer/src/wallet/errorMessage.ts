import { errorMessage as clientMessage } from "#client/errors/errorMessage.ts";
import { UserError } from "#protocol/userError.ts";
import { ApiProblem, Unreachable, UNREACHABLE_TEXT } from "../api/client.ts";

/** Returns a message for the reader: what went wrong and what to do about it. */
export function errorMessage(error: unknown): string {
  if (error instanceof ApiProblem) return error.message;
  if (error instanceof Unreachable) return UNREACHABLE_TEXT;
  return clientMessage(findUserError(error) ?? error, "The network's node");
}

/** Returns the outermost user error among an error and its causes: viem wraps the errors of its transport. */
function findUserError(error: unknown): UserError | undefined {
  for (let each = error; each instanceof Error; each = each.cause) if (each instanceof UserError) return each;
  return undefined;
}

/** Returns the result of a question. If it fails, rejects with a message for the reader. */
export const orMessage = <T>(question: Promise<T>): Promise<T> =>
  question.catch((error: unknown) => {
    throw new UserError(errorMessage(error), { cause: error });
  });
