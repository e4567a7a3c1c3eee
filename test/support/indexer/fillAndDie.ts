// An indexer process that ends itself while it adds the logs of a contract that is new to its store.
//
//   node fillAndDie.ts '{"rpcUrl":…,"folder":…,"deployment":{…},"fill":2,"when":"before"}'
import { Indexer } from "../../../indexer/live/indexer.ts";
import { sourceOf } from "../../../indexer/journal.ts";
import { openStore } from "../../../indexer/store/openStore.ts";
import type { Deployment } from "#protocol/deployment.ts";

export interface FillAndDie {
  rpcUrl: string;
  folder: string;
  deployment: Deployment;
  /** The addition during which it dies, counted from 1. */
  fill: number;
  /** Dies before the store has the addition, or right after. */
  when: "before" | "after";
}

const { rpcUrl, folder, deployment, fill, when } = JSON.parse(process.argv[2] ?? "{}") as FillAndDie;
const die = () => process.kill(process.pid, "SIGKILL");
let fills = 0;

await Indexer.start({
  rpcUrl,
  target: { folder },
  source: sourceOf(deployment),
  pollingIntervalMs: 20,
  onFailure: (error) => {
    console.error(error);
    process.exit(1);
  },
  openStore: async (...given) => {
    const store = await openStore(...given);
    const original = store.fill.bind(store);
    store.fill = async (range) => {
      fills++;
      if (fills === fill && when === "before") die();
      const accepted = await original(range);
      if (fills === fill) die();
      return accepted;
    };
    return store;
  },
});
