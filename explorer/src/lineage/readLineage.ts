import { answer, api, type Schemas } from "../api/client.ts";
import type { Direction } from "./neighbourhood.ts";

const PAGE = 500;
/** Contributions are read up to so many pages: where there are more, they could not be told apart. */
const MOST_EDGE_PAGES = 20;

export interface LineageAsked {
  release: number;
  direction: Direction;
  depth: number;
  /** How many releases at most. */
  most: number;
  currency: string | undefined;
}

/** What a release was built from, or what was built on it, breadth first; however many are asked for, by page. */
export async function readLineage(
  { release, direction, depth, most, currency }: LineageAsked,
  signal: AbortSignal,
): Promise<Schemas["Lineage"]> {
  const path = { release };
  const query = { direction, depth, ...(currency !== undefined && { currency }) };
  if (most <= PAGE) {
    const asked = api().GET("/v1/releases/{release}/lineage", { params: { path, query: { ...query, most } }, signal });
    return (await answer(asked)).data;
  }
  const nodes: Schemas["LineageNode"][] = [];
  const edges: Schemas["LineageEdge"][] = [];
  let after: string | undefined;
  do {
    const params = { path, query: { ...query, limit: PAGE, ...(after !== undefined && { after }) } };
    const page = await answer(api().GET("/v1/releases/{release}/lineage/nodes", { params, signal }));
    nodes.push(...page.data);
    after = page.next ?? undefined;
  } while (after !== undefined && nodes.length < most);
  const kept = nodes.slice(0, most);
  let truncated = after !== undefined || nodes.length > most;
  after = undefined;
  for (let pages = 0; pages < MOST_EDGE_PAGES; pages++) {
    const params = { path, query: { ...query, limit: PAGE, ...(after !== undefined && { after }) } };
    const page: { data: Schemas["LineageEdge"][]; next: string | null } = await answer(
      api().GET("/v1/releases/{release}/lineage/edges", { params, signal }),
    );
    edges.push(...page.data);
    after = page.next ?? undefined;
    if (after === undefined) break;
  }
  truncated ||= after !== undefined;
  return { nodes: kept, edges, truncated };
}
