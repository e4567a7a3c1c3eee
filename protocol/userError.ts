/** A failure that the person who runs the program can mend. Its message says how, and no stack trace is shown. */
export class UserError extends Error {
  override name = "UserError";
}
