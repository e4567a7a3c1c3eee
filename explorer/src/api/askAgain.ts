import type { Query, QueryClient } from "@tanstack/react-query";

/**
 * Asks every question of the page again, because the chain has changed. A question that is under way for the first time
 * may have read the chain before the change: it is let through, so that a slow answer arrives at all, and asked once more.
 *
 * @param isWanted - Default: every question.
 */
export async function askAgain(queries: QueryClient, isWanted: (query: Query) => boolean = () => true): Promise<void> {
  const cache = queries.getQueryCache();
  const underWay = new Set(
    cache.findAll({ fetchStatus: "fetching" }).filter((query) => query.state.data === undefined && isWanted(query)),
  );
  await queries.invalidateQueries({ predicate: isWanted });
  if (underWay.size > 0) await queries.invalidateQueries({ predicate: (query) => underWay.has(query) });
}
