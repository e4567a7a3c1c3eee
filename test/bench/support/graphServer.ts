// Serves the synthetic graph in its own process. Sends its URL and the releases and fees to ask about to its parent.
import type { AddressInfo } from "node:net";
import { createServer } from "../../../indexer/api/createServer.ts";
import { ancestors } from "../../../indexer/graph/lineage/reach.ts";
import { finish } from "../../../indexer/scheduling/walk.ts";
import { seededRandom } from "#node/seededRandom.ts";
import { viewSourceOf } from "../../support/indexer/viewSource.ts";
import { payFees, syntheticGraph } from "./syntheticGraph.ts";

export interface GraphServed {
  url: string;
  random: number[];
  /** A release with about ten ancestors. */
  small: number;
  /** The release with the most ancestors in a large sample. */
  largest: number;
  newestFees: string[];
}

const NEWEST = 300;

const state = syntheticGraph(Number(process.env.BENCH_RELEASES ?? 1_000_000));
payFees(state, 100_000);
const random = seededRandom(5);
const some = Array.from({ length: 1_000 }, () => random.between(1, state.releases.size));
const sizes = new Map(some.map((id) => [id, finish(ancestors(state, [id])).length]));
const ascending = some.toSorted((a, b) => (sizes.get(a) ?? 0) - (sizes.get(b) ?? 0));
const small = ascending.find((id) => (sizes.get(id) ?? 0) >= 10) ?? 1;

const server = await createServer(viewSourceOf(state));
await server.listen({ host: "127.0.0.1", port: 0 });
const { port } = server.server.address() as AddressInfo;
process.once("disconnect", () => process.exit());
process.send?.({
  url: `http://127.0.0.1:${port}/v1`,
  random: some,
  small,
  largest: ascending.at(-1) ?? 1,
  newestFees: Array.from({ length: NEWEST }, (_, i) => state.fees.at(state.fees.length - 1 - i)?.id ?? ""),
} satisfies GraphServed);
