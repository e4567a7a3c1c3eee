import { setTimeout as sleep } from "node:timers/promises";
import type { Address, PublicClient } from "viem";
import { countText } from "#client/acts/collecting/countText.ts";
import { UserError } from "#protocol/userError.ts";

export interface WaitForPendingParameters {
  client: PublicClient;
  account: Address;
  report: (line: string) => void;
  signal?: AbortSignal | undefined;
  /** Time after which waiting ends, in milliseconds. Default: 120,000. */
  patienceMs?: number;
}

const PAUSE_MS = 1_000;

/**
 * Waits until the account's earlier transactions are mined, and returns its next nonce. Otherwise the work of an earlier run
 * could be sent twice.
 *
 * @throws {UserError} if they are not mined in time.
 */
export async function waitForPending(parameters: WaitForPendingParameters): Promise<number> {
  const { client, account, report, signal, patienceMs = 120_000 } = parameters;
  for (const begin = Date.now(); ; await sleep(PAUSE_MS, undefined, { signal })) {
    const mined = await client.getTransactionCount({ address: account });
    const pending = (await client.getTransactionCount({ address: account, blockTag: "pending" })) - mined;
    if (pending <= 0) return mined;
    const waitedMs = Date.now() - begin;
    if (waitedMs > patienceMs) {
      throw new UserError(
        `${account} has ${countText(pending, "pending transaction")} that ${pending === 1 ? "was" : "were"} not mined in ${Math.round(waitedMs / 1_000)} s. Speed them up or cancel them in a wallet, then run the same command again. Nothing was sent.`,
      );
    }
    if (waitedMs < PAUSE_MS) {
      report(
        `Waiting until ${countText(pending, "pending transaction")} of ${account} ${pending === 1 ? "is" : "are"} mined.`,
      );
    }
  }
}
