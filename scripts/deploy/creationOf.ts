import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** A line of Ignition's journal about a transaction that was mined. */
const Confirmation = z.object({
  type: z.literal("TRANSACTION_CONFIRM"),
  hash: z.string(),
  receipt: z.object({ blockNumber: z.int(), contractAddress: z.string() }),
});

export interface Creation {
  transaction: string;
  block: number;
}

/**
 * Finds the transaction that created a contract in the journal of Ignition's folder, which has a line of JSON for each
 * step.
 *
 * @throws {Error} if the journal does not have it.
 */
export async function creationOf(address: string, folder: string): Promise<Creation> {
  const lines = (await readFile(join(folder, "journal.jsonl"), "utf8")).split("\n").filter(Boolean);
  for (const line of lines) {
    const { data } = Confirmation.safeParse(JSON.parse(line));
    if (data?.receipt.contractAddress.toLowerCase() !== address.toLowerCase()) continue;
    return { transaction: data.hash, block: data.receipt.blockNumber };
  }
  throw new Error(`Ignition's journal in ${folder} does not tell which transaction created ${address}.`);
}
