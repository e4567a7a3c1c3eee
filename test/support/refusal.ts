/** Returns the name and message of the error that a promise rejects with; `accepted` if it does not. */
export const refusal = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "accepted",
    (error: Error) => `${error.name}: ${error.message}`,
  );
