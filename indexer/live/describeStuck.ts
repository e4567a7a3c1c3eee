/**
 * The work of a writer between two updates of the chain:
 *
 * - `storing`: it waits for the store to answer one request.
 * - `computing`: it computes the state from the journal, or the store's indexes. This may take minutes.
 */
export type WriterWork = "storing" | "computing";

export interface StuckParameters {
  isReader: boolean;
  /** The time without an answer of any node, if it is long. */
  silentForMs: number | undefined;
  /** The block that was seen and is not indexed, if it waits for long. */
  waiting: { block: bigint; forMs: number } | undefined;
  work: { name: WriterWork; forMs: number } | undefined;
  /** The last failure of each node. */
  failures: readonly { name: string; error: string | undefined }[];
}

/** Describes why nothing is indexed, as far as it is known, and what to do. */
export function describeStuck({ isReader, silentForMs, waiting, work, failures }: StuckParameters): string {
  const none = silentForMs === undefined ? "no failure" : "no answer so far";
  const reasons = failures.map(({ name, error }) => `${name}: ${brief(error ?? none)}`).join("; ");
  if (isReader) {
    if (!waiting) {
      return `No node has answered for ${duration(silentForMs ?? 0)}, so this process cannot know how far the index is behind the chain (${reasons}). Start a node, or name another with --rpc.`;
    }
    return `Block ${waiting.block} of the chain has not been in the store for ${duration(waiting.forMs)}. Look at the health of the process that writes the store, and start it if it has stopped.`;
  }
  if (silentForMs !== undefined) {
    return `No node has answered for ${duration(silentForMs)} (${reasons}). Start the node, or name another with --rpc.`;
  }
  const block = `Block ${waiting?.block} was seen, but nothing has been indexed for ${duration(waiting?.forMs ?? 0)}`;
  if (work?.name === "storing") {
    return `${block}: the store has been busy with one request for ${duration(work.forMs)}. Look for locks, a full disk or a lost connection in the database.`;
  }
  if (work?.name === "computing") {
    return `${block}: the state or the store's indexes are being computed. This ends by itself. If it does not, look at the database.`;
  }
  return `${block}. The last failures of the nodes: ${reasons}. Name a node of another provider with --rpc.`;
}

const brief = (text: string) => (text.length <= 160 ? text : `${text.slice(0, 159).toWellFormed()}…`);

function duration(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 120) return `${seconds} seconds`;
  return seconds < 7_200 ? `${Math.floor(seconds / 60)} minutes` : `${Math.floor(seconds / 3_600)} hours`;
}
