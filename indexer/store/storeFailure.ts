/**
 * The kind of a store's failure, by its remedy:
 *
 * - `full`: the disk has no room, or a quota is used up.
 * - `disk`: the disk could not be read or written.
 * - `readOnly`: the database or its disk takes no writes.
 * - `memory`: the database has too little memory.
 * - `denied`: the user lacks a right.
 * - `connections`: the database has too many connections.
 * - `cancelled`: the statement was cancelled, or waited too long for a lock.
 * - `lost`: the database does not answer, or has closed the connection.
 * - `other`: anything else.
 */
export type StoreFailureKind =
  "full" | "disk" | "readOnly" | "memory" | "denied" | "connections" | "cancelled" | "lost" | "other";

/** The codes of PostgreSQL (SQLSTATE), of pgbouncer and of the operating system, by kind. */
const CODES: readonly [RegExp, StoreFailureKind][] = [
  [/^(53100|ENOSPC|EDQUOT)$/, "full"],
  [/^(58\w{3}|EIO)$/, "disk"],
  [/^(25006|EROFS)$/, "readOnly"],
  [/^(53200|ENOMEM)$/, "memory"],
  [/^(42501|EACCES|EPERM)$/, "denied"],
  [/^53300$/, "connections"],
  [/^(57014|55P03|40001|40P01)$/, "cancelled"],
  [/^(08\w{3}|57P0\d|25P03|25P04|53\w{3})$/, "lost"],
  [/^(ECONNRESET|ECONNREFUSED|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/, "lost"],
];

/** Texts of errors whose code says nothing, as from a pooler or after a crash. The first that fits counts. */
const TEXTS: readonly [RegExp, StoreFailureKind][] = [
  [/no space left|disk (is )?full|quota exceeded/i, "full"],
  [/read-only (transaction|file ?system)|\bis read-only/i, "readOnly"],
  [/out of memory|cannot allocate memory/i, "memory"],
  [/permission denied|operation not permitted/i, "denied"],
  [/too many (clients|connections)|remaining connection slots|no more connections/i, "connections"],
  [/input\/output error/i, "disk"],
  [/connection (terminated|ended|closed|timeout)|timeout exceeded when trying to connect/i, "lost"],
];

const REMEDIES: Readonly<Record<StoreFailureKind, string>> = {
  full: "Make room on the store's disk, or add a larger one.",
  disk: "Check the store's disk and the log of the database.",
  readOnly: "Make the database writable: providers make it read-only when its disk is full, and a replica always is.",
  memory: "Give the database more memory, or stop what else uses it.",
  denied: "Grant the indexer's database user its rights on the schema, or the process its rights on the folder.",
  connections: "Close connections of other programs, or raise the database's limit.",
  cancelled:
    "Another session may hold a lock on the store's tables (see pg_locks), or a statement_timeout of the database or of a pooler is too short.",
  lost: "Start the database, or mend the network between it and the indexer.",
  other: "Read the log of the database.",
};

/** Returns the kind of a store's error. The first error in the chain of causes that tells counts. */
export function storeFailureKind(error: unknown): StoreFailureKind {
  const chain = [...causesOf(error)];
  for (const { code } of chain) {
    const kind = code === undefined ? undefined : kindOfCode(code);
    if (kind) return kind;
  }
  for (const { message } of chain) {
    const [, kind] = TEXTS.find(([text]) => text.test(message)) ?? [];
    if (kind) return kind;
  }
  return "other";
}

/** Returns true for errors that pass by themselves, or that an operator mends while the process tries again. */
export const canPass = (error: unknown): boolean => storeFailureKind(error) !== "other";

/** Returns what the store said in an error, and what to do. */
export function withRemedy(error: unknown): string {
  const { message } = error instanceof Error ? error : new Error(String(error));
  const remedy = REMEDIES[storeFailureKind(error)];
  const said = message.replace(/^The database cannot be used now: /, "").replace(/[.\s]+$/, "");
  return said.endsWith(remedy.slice(0, -1)) ? `${said}.` : `${said}. ${remedy}`;
}

/** Describes a store's failure: what the store said, and what to do. */
export const describeStoreFailure = (error: unknown): string =>
  `The store fails: ${withRemedy(error)} The indexer tries again by itself.`;

/** Returns true for codes of errors that a retry in the same way can mend. */
export function isTransient(code: string): boolean {
  const kind = kindOfCode(code);
  return kind !== undefined && kind !== "denied" && kind !== "readOnly";
}

function kindOfCode(code: string): StoreFailureKind | undefined {
  return CODES.find(([codes]) => codes.test(code))?.[1];
}

function* causesOf(error: unknown): Generator<{ code: string | undefined; message: string }> {
  const seen = new Set<unknown>();
  for (let each = error; each instanceof Error && !seen.has(each); each = each.cause) {
    seen.add(each);
    const { code } = each as Error & { code?: unknown };
    yield { code: typeof code === "string" ? code : undefined, message: each.message };
  }
}
