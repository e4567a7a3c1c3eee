import { createServer } from "../../indexer/api/createServer.ts";
import type { LedgerState } from "../../indexer/ledger/state.ts";
import { questions } from "../../indexer/books/books.ts";
import type { ViewSource } from "../../indexer/live/view.ts";
import type { Random } from "../differential/world.ts";

/** Addresses of the clones that were opened on a chain. */
export interface OpenedAddresses {
  inlets: readonly string[];
  outlets: readonly string[];
}

/** Lists paths below /v1: each question of the API about a few random subjects, some for an earlier block. */
export function someQuestions(state: LedgerState, random: Random, opened: OpenedAddresses): string[] {
  const some = <T>(of: Iterable<T>): T[] => random.shuffle([...of]).slice(0, 3);
  const fees = Array.from(state.fees, ({ id }) => id);
  const subjects: Record<string, () => (string | number)[]> = {
    release: () => some(state.releases.keys()),
    asset: () => some(state.assets.keys()),
    address: () => some(state.accounts.addresses.values),
    currency: () => some(state.currencies.keys()),
    fee: () => some(fees),
    inlet: () => some(opened.inlets),
    outlet: () => some(opened.outlets),
    direction: () => ["up", "down"],
    since: () => [0],
    sinceBlock: () => [0],
  };
  const paths: string[] = [];
  for (const { path, params } of questions) {
    let asked = [path];
    for (const name of Object.keys(params.shape)) {
      const values = subjects[name]?.() ?? [];
      if (values.length === 0) continue;
      asked = asked.flatMap((each) =>
        values.map((value) =>
          each.includes(`{${name}}`)
            ? each.replace(`{${name}}`, String(value))
            : `${each}${each.includes("?") ? "&" : "?"}${name}=${value}`,
        ),
      );
    }
    paths.push(...asked.filter((each) => !each.includes("{")));
  }
  const earlier = some(fees).map((id) => id.split("-")[0]);
  const asOf = random
    .shuffle(paths)
    .slice(0, 8)
    .flatMap((path) => earlier.slice(0, 1).map((block) => `${path}${path.includes("?") ? "&" : "?"}block=${block}`));
  return [...paths, ...asOf];
}

/** Returns the answers over HTTP, by path. */
export async function answersTo(paths: readonly string[], source: ViewSource): Promise<Map<string, string>> {
  const server = await createServer(source);
  const answers = new Map<string, string>();
  try {
    const url = await server.listen({ host: "127.0.0.1", port: 0 });
    for (const path of paths) {
      const response = await fetch(`${url}/v1${path}`);
      // Two indexers differ in the finality of a block and in the time at which they asked a node.
      const text = (await response.text()).replaceAll(/,"final":(true|false)|"at":"[^"]+",/g, "");
      answers.set(path, `${response.status} ${text}`);
    }
  } finally {
    await server.close();
  }
  return answers;
}
