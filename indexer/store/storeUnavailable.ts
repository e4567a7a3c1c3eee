/**
 * The store cannot be reached at the moment: the connection broke, the server restarts, a replica had to cancel a query.
 * What was being written is there whole or not at all; whoever meets this waits and does the same again. Every other
 * error of a store means: give up.
 */
export class StoreUnavailable extends Error {
  override name = "StoreUnavailable";
}
