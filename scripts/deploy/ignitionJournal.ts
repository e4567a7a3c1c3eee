import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "#protocol/userError.ts";

const Line = z.looseObject({
  type: z.string(),
  futureId: z.string().optional(),
  networkInteractionId: z.number().optional(),
  nonce: z.number().optional(),
  hash: z.string().optional(),
  result: z.looseObject({ type: z.unknown().optional() }).optional(),
  networkInteraction: z.looseObject({ type: z.unknown().optional() }).optional(),
  receipt: z.looseObject({ blockNumber: z.int(), contractAddress: z.string().optional() }).optional(),
});

/** One step that Ignition wrote down. */
export type JournalLine = z.infer<typeof Line>;

const journalIn = (folder: string) => join(folder, "journal.jsonl");

/**
 * Reads the journal in Ignition's folder: a line of JSON for each step, none before the first. A last line that was cut off
 * does not count: Ignition acts only after it has written a whole line, and looks up what it sent before.
 *
 * @throws {UserError} if another line cannot be read.
 */
export async function readIgnitionJournal(folder: string): Promise<JournalLine[]> {
  const lines = await journalLines(folder);
  return lines.flatMap((line, i) => {
    const parsed = parseLine(line);
    if (parsed) return [parsed];
    if (i === lines.length - 1) return [];
    throw new UserError(
      `Line ${i + 1} of ${journalIn(folder)}, the record of the deployment that was begun, is damaged. Restore the file and run deploy again, or run deploy with --reset to start again, with other contracts.`,
    );
  });
}

/** Removes the last line of the journal if it was cut off, as by a full disk, so that Ignition can read the file. */
export async function dropCutLine(folder: string): Promise<void> {
  const lines = await journalLines(folder);
  const last = lines.at(-1);
  if (last === undefined || parseLine(last)) return;
  const whole = lines.slice(0, -1);
  await writeFile(`${journalIn(folder)}.new`, whole.map((line) => `${line}\n`).join(""));
  await rename(`${journalIn(folder)}.new`, journalIn(folder));
}

async function journalLines(folder: string): Promise<string[]> {
  const text = await readFile(journalIn(folder), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text.split("\n").filter(Boolean);
}

function parseLine(line: string): JournalLine | undefined {
  try {
    return Line.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined; // not JSON, or only a part of it
  }
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
 * Lists the steps that sent nothing because a read failed, and reads and steps that were begun and sent nothing yet.
 * Ignition refuses to go on from there, although the endpoint may only have been behind, or the process ended.
 */
export function failedReads(journal: JournalLine[]): string[] {
  const failed = new Set<string>();
  for (const { type, futureId = "", result, networkInteraction } of journal) {
    if (type.endsWith("_EXECUTION_STATE_INITIALIZE") && type !== "CONTRACT_AT_EXECUTION_STATE_INITIALIZE")
      failed.add(futureId);
    else if (type === "WIPE_APPLY") failed.delete(futureId);
    else if (type === "NETWORK_INTERACTION_REQUEST" && !isRead(networkInteraction)) failed.delete(futureId);
    else if (type.endsWith("_EXECUTION_STATE_COMPLETE")) {
      if (FAILED_READS.has(String(result?.type))) failed.add(futureId);
      else failed.delete(futureId);
    }
  }
  return [...failed];
}

const isRead = (interaction: JournalLine["networkInteraction"]) => interaction?.type === "STATIC_CALL";

/** Finds the address that a step created; undefined if it is not mined. */
export function createdBy(futureId: string, journal: JournalLine[]): string | undefined {
  const confirmed = journal.findLast((line) => line.type === "TRANSACTION_CONFIRM" && line.futureId === futureId);
  return confirmed?.receipt?.contractAddress;
}
