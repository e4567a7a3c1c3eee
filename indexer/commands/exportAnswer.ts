import type { Hex } from "viem";
import { abortable } from "#node/abortable.ts";
import { csvColumns, csvLine, csvRow } from "../api/csv.ts";
import { LiveBooks } from "../live/liveBooks.ts";
import { askWholeList, checkParams, findBlock, type Reading, requireHash } from "../query/ask.ts";
import type { BlockName } from "../query/parameters.ts";
import { Problem } from "../query/problem.ts";
import { parametersOf, type ListQuestion, type Order, type Params } from "../query/question.ts";
import type { Log } from "#node/log.ts";
import { openStore } from "../store/openStore.ts";
import { strictJson } from "#protocol/texts/wellFormed.ts";
import { UserError } from "#protocol/userError.ts";
import { type ChainSettings, optionOf } from "./settings.ts";
import { writeOut } from "./writeOut.ts";

export interface ExportAnswerSettings {
  chain: ChainSettings;
  question: ListQuestion;
  /** The values as text, from the command line. */
  params: Params;
  order: Partial<Order>;
  /** Default: the newest. */
  block?: BlockName | undefined;
  format: "csv" | "ndjson";
  /** The path of a file; -: the standard output. */
  output: string;
}

/** A long limit: the command serves nobody else. */
const LONGEST_MS = 24 * 3_600_000;

/** Writes the whole answer to a question, for one block. */
export async function exportAnswer(settings: ExportAnswerSettings, log: Log, stop: AbortSignal): Promise<void> {
  try {
    await ask(settings, log, stop);
  } catch (error) {
    stop.throwIfAborted();
    throw error instanceof Problem ? new UserError(forCommandLine(error.message)) : error;
  }
}

/** Names options and commands in a detail of the API, in place of parameters and paths. */
const forCommandLine = (detail: string) =>
  detail
    .replaceAll(/(?<=^|; )\w+(?=: )/g, optionOf)
    .replaceAll(/`\/v1\/(\w+)`/g, (_path, question: string) => `\`export ${question}\``);

async function ask(settings: ExportAnswerSettings, log: Log, stop: AbortSignal): Promise<void> {
  const { chain, question, format, output, block: asOf } = settings;
  const params = checkParams(parametersOf(question), settings.params);
  const order = { by: question.orders[0], descending: question.descending, ...settings.order };
  const store = await openStore(chain.target, chain.source, { readOnly: true });
  try {
    const ledger = await abortable(LiveBooks.open(store, chain.source, { readOnly: true }), stop);
    if (!ledger.view) throw new UserError("No block is indexed yet. Try again in a moment.");
    const source = {
      view: () => ledger.view,
      health: { failure: undefined, final: ledger.final },
      blockByHash: (hash: Hex) => ledger.blockByHash(hash),
    };
    const named = await abortable(findBlock(source, asOf), stop);
    const view = named.number === undefined ? ledger.view : await abortable(ledger.viewAt(named.number), stop);
    requireHash(view, named);
    let items = 0;
    const write = (walk: Reading["walk"]) => {
      const lines = linesOf(question, { view, walk }, params, order, format, (count) => (items += count));
      return writeOut(output, lines, stop);
    };
    await view.turns.hold(write, { signal: stop, timeoutMs: LONGEST_MS });
    const { number, hash } = view.block;
    log.info(
      `Exported ${items} items of ${question.name} from chain ${chain.source.chainId}, block ${number} (${hash}).`,
    );
  } finally {
    await store.close();
  }
}

async function* linesOf(
  question: ListQuestion,
  reading: Reading,
  params: Params,
  order: Order,
  format: ExportAnswerSettings["format"],
  onItems: (count: number) => void,
): AsyncGenerator<string> {
  const columns = csvColumns(question.item);
  if (format === "csv") yield csvLine(columns);
  for await (const items of askWholeList(question, reading, params, order)) {
    onItems(items.length);
    const lines = (items as object[]).map((item) =>
      format === "csv" ? csvRow(item, columns) : `${strictJson(item)}\n`,
    );
    yield lines.join("");
  }
}
