import { type DocumentNode, parse } from "graphql";

/** A dense query of 10,000 characters has about so many. */
const MOST_TOKENS = 4_000;
const KEPT_QUERIES = 256;

/**
 * Answers what parses queries and remembers the last of them, as most are asked again and again. Nodes have no
 * locations, which would take most of the memory.
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
