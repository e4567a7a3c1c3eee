import type { Health } from "./view.ts";

/** The record of the chain's head and of failures. The code that follows the chain or the store keeps it up to date. */
export class HealthRecord {
  head: Health["head"];
  lastContact: Health["lastContact"];
  lastError: Health["lastError"];
  failure: unknown;

  /** Records the newest block that a node, or the store, has reported. */
  recordHead(head: bigint): void {
    this.head = head;
    this.lastContact = new Date();
    this.lastError = undefined;
  }
}
