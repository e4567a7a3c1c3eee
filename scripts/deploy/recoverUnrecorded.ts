import { setTimeout as sleep } from "node:timers/promises";
import { trackTransaction, wipe } from "@nomicfoundation/ignition-core";
import { UserError } from "#protocol/userError.ts";
import { findByNonce, nonceAt, type Send } from "./findByNonce.ts";
import { failedReads, readIgnitionJournal, unrecordedTransactions } from "./ignitionJournal.ts";

export interface RecoverUnrecordedParameters {
  /** Ignition's folder of this deployment. */
  folder: string;
  sender: string;
  send: Send;
  /** Milliseconds that the endpoint has to show a transaction that it says was sent. Default: 120,000. */
  patience?: number;
  /** Milliseconds for which a nonce must stay unused before nothing counts as sent. Default: 5,000. */
  settling?: number;
}

/**
 * Completes Ignition's journal where a run ended between a transaction's nonce and its hash; Ignition itself refuses to
 * go on from there. A transaction that was sent is looked up and recorded. One that was not is prepared again.
 *
 * @throws {UserError} if the nonce is used, but the endpoint does not show by which transaction.
 */
export async function recoverUnrecorded({
  folder,
  sender,
  send,
  patience = 120_000,
  settling = 5_000,
}: RecoverUnrecordedParameters): Promise<void> {
  for (const { futureId, nonce } of unrecordedTransactions(await readIgnitionJournal(folder))) {
    const hash = await findSent({ sender, nonce, send, patience, settling });
    if (hash === "unused") {
      await wipeStep(folder, futureId);
    } else if (hash === undefined) {
      throw new UserError(
        [
          `An earlier run sent ${futureId} from ${sender} with nonce ${nonce} and ended before it wrote down the hash,`,
          "and this endpoint does not show the transaction. Run the same command again when it is mined,",
          "or find its hash in a block explorer and run npx hardhat ignition track-tx.",
        ].join("\n"),
      );
    } else {
      await trackTransaction(folder, hash, { request: ({ method, params }) => send(method, params as unknown[]) });
    }
  }
}

/** Removes from Ignition's journal the steps that failed only because of a read, so that they are tried again. */
export async function wipeFailedReads(folder: string): Promise<void> {
  for (const futureId of failedReads(await readIgnitionJournal(folder))) await wipeStep(folder, futureId);
}

/** Removes a step. The resolver, which is left out, serves deployments in memory only. */
const wipeStep = (folder: string, futureId: string) =>
  wipe(folder, undefined as unknown as Parameters<typeof wipe>[1], futureId);

/** Looks for a transaction until it is found or time is up. An endpoint may lag, so that one answer is not enough. */
async function findSent({
  sender,
  nonce,
  send,
  patience,
  settling,
}: Required<Omit<RecoverUnrecordedParameters, "folder">> & { nonce: number }) {
  const begin = performance.now();
  for (;;) {
    const hash = await findByNonce(send, sender, nonce);
    if (hash !== undefined) return hash;
    const waited = performance.now() - begin;
    const isUsed = (await nonceAt(send, sender, "pending")) > nonce;
    if (!isUsed && waited >= settling) return "unused";
    if (waited >= patience) return undefined;
    await sleep(500);
  }
}
