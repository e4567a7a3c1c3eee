/**
 * The store is unavailable at the moment: the connection broke, the server restarts, or a replica cancelled a query.
 * All of the call's changes are in the store or none. The caller should wait and retry the same call. No other error of
 * a store should be retried.
 */
export class StoreUnavailable extends Error {
  override name = "StoreUnavailable";
}
