import {
  type DocumentNode,
  getNamedType,
  GraphQLError,
  GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import { DEFAULT_PAGE, LARGEST_PAGE } from "../query/parameters.ts";
import type { ProblemCode } from "../query/problemCodes.ts";
import type { CostHints } from "./graphqlSchema.ts";

const MOST_COST = 50_000;
const DEEPEST = 15;
const MOST_FIELDS = 2_000;
/** The assumed length of a list without pages. */
const LIST = 10;
/** The additional cost of an answer for an earlier block, whose state may have to be computed. */
const COST_OF_BLOCK = 2_000;

/**
 * Estimates the highest cost of answering a query. A plain field costs 1.
 *
 * @throws {GraphQLError} if the cost is above `MOST_COST`, or the query is too deep or has too many fields.
 */
export function queryCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const fragments = new Map(
    document.definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each]] : [])),
  );
  let fields = 0;
  let total = 0;
  const query = schema.getQueryType();
  for (const each of document.definitions) {
    if (each.kind === Kind.OPERATION_DEFINITION && query) add(each.selectionSet, query, 1, 1);
  }
  return total;

  function add(set: SelectionSetNode, type: GraphQLObjectType, times: number, depth: number): void {
    if (depth > DEEPEST) throw tooCostly(`The query is deeper than ${DEEPEST} fields. Ask in several steps.`);
    for (const selection of set.selections) {
      if (++fields > MOST_FIELDS) throw tooCostly(`The query has more than ${MOST_FIELDS} fields. Ask for fewer.`);
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        add(selection.selectionSet, type, times, depth);
        continue;
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment) add(fragment.selectionSet, type, times, depth + 1);
        continue;
      }
      const field = type.getFields()[selection.name.value];
      if (!field) continue; // introspection, which GraphQL limits itself, or an unknown field, which validation refuses
      const hints = field.extensions as CostHints;
      const argument = (name: string) => selection.arguments?.find((given) => given.name.value === name)?.value;
      total += times * (hints.cost ?? 1) + (argument("block") ? COST_OF_BLOCK : 0);
      if (total > MOST_COST) {
        throw tooCostly(
          `The query may cost more than ${MOST_COST}. A plain field costs 1, a field that takes long up to 5000, \`block\` ${COST_OF_BLOCK} more; page sizes multiply. Ask for smaller pages or fewer fields.`,
        );
      }
      const page = hints.many === "page";
      const size = page ? sizeOf(argument("first") ?? argument("last"), variables) : hints.many === "list" ? LIST : 1;
      const inner = getNamedType(field.type);
      if (selection.selectionSet && inner instanceof GraphQLObjectType) {
        add(selection.selectionSet, inner, times * size, depth + 1);
      }
    }
  }
}

function tooCostly(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "graphql-too-costly" satisfies ProblemCode } });
}

function sizeOf(value: ValueNode | undefined, variables: Readonly<Record<string, unknown>>): number {
  const given =
    value?.kind === Kind.VARIABLE ? variables[value.name.value] : value?.kind === Kind.INT ? value.value : undefined;
  const size = given === undefined || given === null ? DEFAULT_PAGE : Number(given);
  return size >= 1 && size <= LARGEST_PAGE ? size : LARGEST_PAGE;
}
