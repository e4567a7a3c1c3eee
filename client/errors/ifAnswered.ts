import { isUnanswered } from "#protocol/failures/failure.ts";

/**
 * Waits for a read of a contract that may lack the function.
 *
 * @returns undefined if the contract refuses the call or answers something else.
 * @throws the error if the node did not carry out the read: nothing is known of the contract then.
 */
export async function ifAnswered<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (isUnanswered(error)) throw error;
    return undefined;
  }
}
