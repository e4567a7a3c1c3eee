import type { Indexer } from "../indexer.ts";
import { Turns } from "../turns.ts";
import { UserError } from "../userError.ts";
import type { BlockUpdate, View, ViewSource } from "../view.ts";

/** What an indexer has that only follows the newest block. */
export type IndexerView = Pick<
  Indexer,
  "state" | "block" | "head" | "source" | "failure" | "lastContact" | "lastError"
>;

const LOOK_MS = 200;

/** Views of the newest block alone. */
export function indexerSource(indexer: IndexerView): ViewSource {
  const turns = new Turns();
  const view = (): View | undefined => indexer.block && { state: indexer.state, block: indexer.block, turns };
  return {
    source: indexer.source,
    health: indexer,
    view,
    viewAt: (blockNumber) =>
      Promise.reject(new UserError(`Block ${blockNumber} is not the newest, ${indexer.block?.number}.`)),
    onBlock(listener: (update: BlockUpdate) => void) {
      let last = indexer.block;
      const timer = setInterval(() => {
        const { block } = indexer;
        if (!block || block.hash === last?.hash) return;
        listener({ block, ...(last && last.number >= block.number && { reorgedFrom: last }), events: [] });
        last = block;
      }, LOOK_MS).unref();
      return () => clearInterval(timer);
    },
  };
}
