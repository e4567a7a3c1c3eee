import { countText } from "#client/acts/collecting/countText.ts";
import { UserError } from "#protocol/userError.ts";
import type { Session } from "../participant/session.ts";
import { undecidedText } from "./describeImport.ts";
import type { UndecidedName } from "./matchNames.ts";
import { decisionsText, type NameDecision, type NameDecisions, writeDecisions } from "./nameDecisions.ts";

export interface DecideNamesParameters {
  session: Session;
  undecided: readonly UndecidedName[];
  /** The decisions that were given in a file. */
  given: NameDecisions;
  /** The file that receives the answers; undefined if none is named. */
  file: string | undefined;
}

const MOST_SHOWN = 20;

/**
 * Asks at the terminal what each name stands for, and returns all decisions. Writes them to the file, if one is named.
 *
 * @throws {UserError} if nobody can answer: without a terminal, or with `--yes`, which consents to a plan but does not make it.
 */
export async function decideNames({ session, undecided, given, file }: DecideNamesParameters): Promise<NameDecisions> {
  const { terminal, options, signal } = session;
  const { answer } = terminal;
  if (options.yes || !terminal.isInteractive || !answer) {
    const shown = undecided.slice(0, MOST_SHOWN);
    for (const line of shown.flatMap(undecidedText)) session.print(line);
    if (undecided.length > shown.length) session.print(`and ${undecided.length - shown.length} more`);
    throw new UserError(
      `${countText(undecided.length, "dependency").replace(/ys$/, "ies")} without an entry ${undecided.length === 1 ? "is" : "are"} like the name of an asset, and must be decided, because a contribution can never be changed. Write the decisions to a JSON file and name it with --matches, such as:\n${decisionsText(suggested(shown))}Instead of a name of the lineage, write an asset's id, "placeholder" or "leave out". Nothing was sent.`,
    );
  }
  const decisions = new Map(given);
  session.print(`${countText(undecided.length, "name")} must be decided. A contribution can never be changed.`);
  for (const each of undecided) {
    for (const line of undecidedText(each)) session.print(line);
    decisions.set(each.name, await ask(each, (question) => answer(question, signal)));
  }
  if (file === undefined) session.print(`Your decisions, as a file for --matches:\n${decisionsText(decisions)}`);
  else {
    await writeDecisions(file, decisions);
    session.print(`Wrote your decisions to ${file}.`);
  }
  return decisions;
}

/** Returns what is nearest to each name, for a person to check. */
function suggested(undecided: readonly UndecidedName[]): NameDecisions {
  return new Map(
    undecided.flatMap((each): [string, NameDecision][] => {
      const decision = decisionFor(each, 0);
      return decision ? [[each.name, decision]] : [];
    }),
  );
}

function decisionFor({ near }: UndecidedName, place: number): NameDecision | undefined {
  const target = near[place]?.value;
  if (!target) return undefined;
  return "asset" in target ? { does: "asset", id: target.asset.id } : { does: "name", name: target.name };
}

async function ask(
  undecided: UndecidedName,
  answer: (question: string) => Promise<string | undefined>,
): Promise<NameDecision> {
  const question = "Its number, p to register a placeholder, or l to leave it out:";
  for (;;) {
    const text = (await answer(question))?.trim().toLowerCase();
    if (text === undefined) throw new UserError("Not decided. Nothing was sent.");
    if (text === "p" || text === "placeholder") return { does: "placeholder" };
    if (text === "l" || text === "leave out") return { does: "leave out" };
    const decision = /^\d+$/.test(text) ? decisionFor(undecided, Number(text) - 1) : undefined;
    if (decision) return decision;
  }
}
