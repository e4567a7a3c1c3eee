import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const Line = z.looseObject({
  type: z.string(),
  futureId: z.string().optional(),
  networkInteractionId: z.number().optional(),
  nonce: z.number().optional(),
  hash: z.string().optional(),
  result: z.looseObject({ type: z.unknown().optional() }).optional(),
  receipt: z.looseObject({ blockNumber: z.int(), contractAddress: z.string().optional() }).optional(),
});

/** One step that Ignition wrote down. */
export type JournalLine = z.infer<typeof Line>;

/** Reads the journal in Ignition's folder: a line of JSON for each step, none before the first. */
export async function readIgnitionJournal(folder: string): Promise<JournalLine[]> {
  const text = await readFile(join(folder, "journal.jsonl"), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const lines = text.split("\n").filter(Boolean);
  return lines.map((line) => Line.parse(JSON.parse(line)));
}

export interface Creation {
  transaction: string;
  block: number;
}

/**
 * Finds the transaction that created a contract.
 *
 * @throws {Error} if the journal does not have it.
 */
export function creationOf(address: string, journal: JournalLine[]): Creation {
  for (const { type, hash, receipt } of journal) {
    if (type !== "TRANSACTION_CONFIRM" || hash === undefined) continue;
    if (receipt?.contractAddress?.toLowerCase() !== address.toLowerCase()) continue;
    return { transaction: hash, block: receipt.blockNumber };
  }
  throw new Error(`Ignition's journal does not tell which transaction created ${address}.`);
}

export interface UnrecordedTransaction {
  futureId: string;
  nonce: number;
}

/**
 * Lists the transactions whose nonce Ignition wrote down without a hash after it. Ignition writes the nonce before it
 * sends and the hash after, so a process that ends in between leaves one, sent or not.
 */
export function unrecordedTransactions(journal: JournalLine[]): UnrecordedTransaction[] {
  const unrecorded = new Map<string, UnrecordedTransaction>();
  for (const { type, futureId = "", networkInteractionId, nonce } of journal) {
    const interaction = `${futureId}/${networkInteractionId}`;
    if (type === "TRANSACTION_PREPARE_SEND" && nonce !== undefined) unrecorded.set(interaction, { futureId, nonce });
    if (type === "TRANSACTION_SEND" || type === "ONCHAIN_INTERACTION_REPLACED_BY_USER") unrecorded.delete(interaction);
    if (type === "WIPE_APPLY") {
      for (const [key, each] of unrecorded) if (each.futureId === futureId) unrecorded.delete(key);
    }
  }
  return [...unrecorded.values()];
}

/** The ways in which a step fails before it sends anything. */
const FAILED_READS = new Set(["SIMULATION_ERROR", "STRATEGY_SIMULATION_ERROR", "STATIC_CALL_ERROR"]);

/**
 * Lists the steps that sent nothing because a read failed, and reads that were begun and not finished. Ignition refuses to
 * go on from there, although the endpoint may only have been behind.
 */
export function failedReads(journal: JournalLine[]): string[] {
  const failed = new Set<string>();
  for (const { type, futureId = "", result } of journal) {
    if (type === "STATIC_CALL_EXECUTION_STATE_INITIALIZE") failed.add(futureId);
    else if (type === "WIPE_APPLY") failed.delete(futureId);
    else if (type.endsWith("_EXECUTION_STATE_COMPLETE")) {
      if (FAILED_READS.has(String(result?.type))) failed.add(futureId);
      else failed.delete(futureId);
    }
  }
  return [...failed];
}

/** Finds the address that a step created; undefined if it is not mined. */
export function createdBy(futureId: string, journal: JournalLine[]): string | undefined {
  const confirmed = journal.findLast((line) => line.type === "TRANSACTION_CONFIRM" && line.futureId === futureId);
  return confirmed?.receipt?.contractAddress;
}
