import type { Health } from "./view.ts";

/** What is known of the chain's head and of failures, as whoever follows the chain or the store writes it down. */
export class HealthRecord {
  head: Health["head"];
  lastContact: Health["lastContact"];
  lastError: Health["lastError"];
  failure: unknown;

  /** A node, or the store, has told its newest block. */
  sawHead(head: bigint): void {
    this.head = head;
    this.lastContact = new Date();
    this.lastError = undefined;
  }
}
