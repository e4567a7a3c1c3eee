import { answer, api, type Schemas } from "../api/client.ts";
import type { Direction } from "./neighbourhood.ts";

const PAGE = 500;
/** Maximum number of pages of contributions to read. A drawing with more would be unreadable. */
const MOST_EDGE_PAGES = 20;

export interface ReadLineageParameters {
  release: number;
  direction: Direction;
  depth: number;
  /** Maximum number of releases. */
  most: number;
  currency: string | undefined;
}

/** Reads the ancestors or the descendants of a release, breadth first. Reads several pages if one is not enough. */
export async function readLineage(
  { release, direction, depth, most, currency }: ReadLineageParameters,
  signal: AbortSignal,
): Promise<Schemas["Lineage"]> {
  const path = { release };
  const query = { direction, depth, ...(currency !== undefined && { currency }) };
  if (most <= PAGE) {
    const request = api().GET("/v1/releases/{release}/lineage", {
      params: { path, query: { ...query, most } },
      signal,
    });
    return (await answer(request)).data;
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
  return { nodes: nodes.slice(0, most), edges, truncated };
}
