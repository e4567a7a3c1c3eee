import type { Schemas } from "../../api/client.ts";
import { formatCount, pluralize } from "../../format/amount.ts";
import { plainText } from "../../format/plainText.ts";

export type SignalState = "good" | "waiting" | "bad";

export interface IndexerStatus {
  state: SignalState;
  text: string;
}

type Health = Pick<Schemas["Health"], "status" | "head" | "block" | "lastError" | "lastContact" | "problems">;

/** Time without an answer after which an indexer with an error counts as cut off from its chain. */
const CUT_OFF_MS = 10_000;

/** Describes the state of the data for the reader: what does not answer, what still works, and what happens next. */
export function indexerStatus(health: Health | undefined, isLost: boolean, nowMs: number): IndexerStatus {
  if (isLost) {
    return {
      state: "bad",
      text: "The explorer's API cannot be reached. What is shown may be out of date. The page goes on by itself when the API is back.",
    };
  }
  if (!health) return { state: "waiting", text: "Connecting…" };
  const { status, head, block, lastError, lastContact, problems } = health;
  if (status === "failed") {
    return {
      state: "bad",
      text: "The indexer has stopped: figures are old. Wallets can still send. Its operator must restart it.",
    };
  }
  if (status === "ready") return { state: "good", text: "Up to date with the chain" };
  const problem = problems.find(({ stops }) => stops);
  const silentMs = lastContact === null ? Infinity : nowMs - Date.parse(lastContact);
  if (lastError !== null && silentMs > CUT_OFF_MS) {
    return {
      state: "bad",
      text: [
        "The indexer's node or store does not answer.",
        ...(problem ? [plainText(problem.message, 600)] : []),
        "Figures are as of the block shown here. Wallets can still send through their own node. The page goes on by itself when the indexer is back.",
      ].join(" "),
    };
  }
  if (problem) {
    return {
      state: "bad",
      text: `The indexer has not gone on for ${timeSince(problem.since, nowMs)}: ${plainText(problem.message, 600)} Figures are as of the block shown here. Wallets can still send. The page goes on by itself when this is mended.`,
    };
  }
  const behind = head !== null && block ? BigInt(head) - BigInt(block.number) : 0n;
  return {
    state: "waiting",
    text: behind > 0n ? `${formatCount(Number(behind))} blocks behind the chain` : "Catching up",
  };
}

/** Returns the time since a moment, as text. */
function timeSince(since: string, nowMs: number): string {
  const seconds = Math.max(0, Math.floor((nowMs - Date.parse(since)) / 1_000));
  if (seconds < 60) return "less than a minute";
  if (seconds < 3_600) return pluralize(Math.floor(seconds / 60), "minute");
  return pluralize(Math.floor(seconds / 3_600), "hour");
}
