/** A failure that the person who runs the program can remedy. Its message gives the remedy; no stack trace is shown. */
export class UserError extends Error {
  override name = "UserError";
}
