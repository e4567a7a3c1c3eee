import { type DocumentNode, parse } from "graphql";

/** About the number of tokens in a dense query of 10,000 characters. */
const MOST_TOKENS = 4_000;
const KEPT_QUERIES = 256;

/**
 * Returns a parser that caches the last queries, since most queries are repeated. Its nodes have no locations, which
 * would take most of the memory.
 *
 * @throws {GraphQLError} if a query cannot be parsed, or has more than 4,000 tokens.
 */
export function queryParser(): (query: string) => DocumentNode {
  const cache = new Map<string, DocumentNode>();
  return (query) => {
    const document = cache.get(query) ?? parse(query, { maxTokens: MOST_TOKENS, noLocation: true });
    // Least recently used: the query moves to the end, and the first one is dropped.
    cache.delete(query);
    cache.set(query, document);
    const [oldest] = cache.keys();
    if (cache.size > KEPT_QUERIES && oldest !== undefined) cache.delete(oldest);
    return document;
  };
}
