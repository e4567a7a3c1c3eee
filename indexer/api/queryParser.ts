import { type DocumentNode, parse } from "graphql";

/** About the number in a dense query of 10,000 characters. */
const MOST_TOKENS = 4_000;
const KEPT_QUERIES = 256;

/**
 * Returns a parser that caches the last queries, as most are asked again and again. Nodes have no locations, which would
 * take most of the memory.
 *
 * @throws {GraphQLError} if a query cannot be parsed, or has more than 4,000 tokens.
 */
export function queryParser(): (query: string) => DocumentNode {
  const known = new Map<string, DocumentNode>();
  return (query) => {
    const document = known.get(query) ?? parse(query, { maxTokens: MOST_TOKENS, noLocation: true });
    // The last asked is the last to be forgotten.
    known.delete(query);
    known.set(query, document);
    const [oldest] = known.keys();
    if (known.size > KEPT_QUERIES && oldest !== undefined) known.delete(oldest);
    return document;
  };
}
