import type { QuirkName } from "../rpc/quirks/quirks.ts";
import type { Cell, CellOutcome } from "./hostileCell.ts";

/** Quirks with which a lone endpoint cannot be followed to the head: health says what is wrong. */
const STOPS: ReadonlySet<QuirkName> = new Set<QuirkName>([
  "nullRounds",
  "nullRoundsAsNull",
  "nullRoundsAsBefore",
  "foreignBlockHash",
  "indexPerTransaction",
  "indexZero",
  "prunedError",
  "logsDisabled",
  "noLogsMethod",
]);

/** Quirks that a lone endpoint can hide: logs are missing, or are other ones, in every answer. */
const DECEIVES: ReadonlySet<QuirkName> = new Set<QuirkName>([
  "blockHashEmpty",
  "truncates",
  "prunedEmpty",
  "withheldLogs",
  "inventedLog",
  "alteredLogs",
]);

/** Quirks that no second endpoint can settle without receipts: nobody knows which of the two is right. */
const DISPUTES: ReadonlySet<QuirkName> = new Set<QuirkName>(["inventedLog", "alteredLogs"]);

const has = (of: ReadonlySet<QuirkName>, { quirks }: Cell) => quirks.some((quirk) => of.has(quirk));

/** Returns true if the right data may be out of reach. */
export const isHidden = (cell: Cell): boolean =>
  cell.isPaired ? cell.quirks.includes("noReceipts") && has(DISPUTES, cell) : has(DECEIVES, cell);

/** Returns true if the indexer may stop with a reason. */
export const mayStop = (cell: Cell): boolean => isHidden(cell) || (!cell.isPaired && has(STOPS, cell));

/** Returns true if the only provider never shows another block than the first ones. */
export const isIdle = ({ quirks, isPaired }: Cell): boolean => !isPaired && quirks.includes("stuckHead");

/**
 * Lists the ways in which a cell broke the law: the indexer neither stops for ever nor exits nor serves wrong data; with a
 * second, honest endpoint it also keeps up; where it cannot go on it says what is wrong.
 */
export function breaches(cell: Cell, outcome: CellOutcome): string[] {
  const { block, head, wrong, ended, problems, lastError = "no error" } = outcome;
  // The operator who named a node of another chain is told so at once: no service starts on it.
  const isRefused = (error: string) => cell.quirks.includes("wrongChain") && error.includes(" serves chain ");
  if (ended.every(isRefused) && ended.length > 0) return [];
  const broken = ended.map((error) => `ended: ${error}`);
  const isNamed = cell.isPaired && problems.some(({ code }) => code === "endpointsDisagree");
  if (wrong.length > 0 && (!isHidden(cell) || (cell.isPaired && !isNamed))) {
    broken.push(`served wrong data at block ${wrong.join(", ")}`);
  }
  if (block === head) return broken;
  const reasons = problems.map(({ code, message }) => `${code}: ${message}`);
  const where = `stands at block ${block} of ${head} (${lastError}; ${reasons.join() || "no reason given"})`;
  if (problems.length === 0 ? !isIdle(cell) : !mayStop(cell)) broken.push(where);
  return broken;
}
