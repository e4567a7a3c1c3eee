import type { Health } from "./view.ts";

/** Record of the chain's head and of failures, kept by whoever follows the chain or the store. */
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
