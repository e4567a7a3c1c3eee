import {
  GraphQLBoolean,
  GraphQLEnumType,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
} from "graphql";
import { z } from "zod";
import { askList, askSingle, checkParams, type Reading } from "../query/ask.ts";
import { type BlockName, blockName, LARGEST_PAGE, limit } from "../query/parameters.ts";
import { showBlock, showFinalBlock } from "../query/present.ts";
import { Problem } from "../query/problem.ts";
import { type ListQuestion, type Params, parametersOf, type Question, type SingleQuestion } from "../query/question.ts";
import { questions } from "../books/books.ts";
import { Block, FinalBlock, references } from "../query/shapes.ts";
import type { ViewSource } from "../live/view.ts";
import { isWalk } from "../scheduling/walk.ts";

/** Shared by the resolvers of one request. */
export interface GraphqlContext {
  source: ViewSource;
  /** The newest view. It does not change until the request is answered. */
  reading: Reading;
  /** Returns the view of an earlier block, which does not change either. */
  readingAt(block: BlockName): Promise<Reading>;
  /** Turns an error into one that the caller may see. */
  failed(error: unknown): Error;
}

/** A value and the view that it was read from. The objects that it refers to are read from the same view. */
interface ViewedValue {
  reading: Reading;
  value: unknown;
}

/** The cost of resolving a field; see `graphqlCost.ts`. */
export interface CostHints {
  /** The cost of one answer, in units of a plain object. */
  cost?: number;
  /** `page`: the arguments give its size. `list`: it can have any length. */
  many?: "page" | "list";
}

type Field = GraphQLFieldConfig<ViewedValue, GraphqlContext>;

/**
 * Builds the schema of all questions. Answers are types. Questions are fields of `Query` and of the objects that they
 * are about.
 */
export function graphqlSchema(): GraphQLSchema {
  const outputs = new Map<string, GraphQLObjectType | GraphQLEnumType>();
  const inputs = new Map<string, GraphQLInputObjectType>();

  const fields: Record<string, Field> = {
    block: {
      type: new GraphQLNonNull(objectOf(Block)),
      description: "The newest indexed block. The answer holds for it, except where a field has another `block`.",
      resolve: (_root, _args, { reading, source }) => ({ reading, value: showBlock(reading.view.block, source) }),
    },
    finalBlock: {
      type: objectOf(FinalBlock),
      description:
        "The newest final block: a reorg can no longer remove it. Null if none is known yet. It can be above the newest indexed block while the indexer is far behind the head of the chain.",
      resolve: (_root, _args, { reading, source: { health } }) =>
        health.final ? { reading, value: showFinalBlock(health.final) } : null,
    },
  };
  for (const question of questions) fields[question.name] = fieldOf(question);
  return new GraphQLSchema({ query: new GraphQLObjectType({ name: "Query", fields }) });

  function fieldOf(question: Question, bound?: string): Field {
    const asOf: GraphQLFieldConfigArgumentMap = bound
      ? {}
      : {
          block: {
            type: GraphQLID,
            description: blockName.description,
          },
        };
    const field = question.type === "single" ? singleField(question, bound) : listField(question, bound);
    return {
      ...field,
      description: [question.summary, question.description].filter(Boolean).join(". "),
      args: { ...field.args, ...asOf },
    };
  }

  function singleField(question: SingleQuestion, bound?: string): Field {
    return {
      type: nullable(typeOf(question.answer, question.name)),
      args: argumentsOf(question.params, question.name, bound),
      extensions: { cost: question.cost ?? 1, ...(isList(question.answer) && { many: "list" }) } satisfies CostHints,
      resolve: resolverOf(async (reading, given, { source }) => {
        const result = await askSingle(question, reading, checkParams(question.params, given));
        return withView(reading, question.complete ? await question.complete(source, result) : result);
      }, bound),
    };
  }

  function listField(question: ListQuestion, bound?: string): Field {
    const { [bound ?? ""]: _bound, ...filters } = question.filters.shape;
    const where = Object.keys(filters).length > 0 && {
      where: {
        type: inputObject(
          `${capital(question.name)}Where${bound ? `Of${capital(bound)}` : ""}`,
          z.strictObject(filters),
        ),
      },
    };
    return {
      type: connectionOf(question),
      args: {
        ...argumentsOf(question.params, question.name, bound),
        ...where,
        ...(question.orders.length > 1 && {
          orderBy: { type: enumOf(`${capital(question.name)}OrderBy`, question.orders) },
        }),
        orderDirection: { type: enumOf("OrderDirection", ["asc", "desc"]) },
        first: { type: GraphQLInt, description: limit.description ?? "" },
        after: { type: GraphQLString, description: "Return the items after this cursor." },
        last: { type: GraphQLInt, description: `Return the last items instead of the first, 1 to ${LARGEST_PAGE}.` },
        before: { type: GraphQLString, description: "Return the items before this cursor." },
      },
      extensions: { cost: question.cost ?? 1, many: "page" } satisfies CostHints,
      resolve: resolverOf(
        async (reading, { where: filter, orderBy, orderDirection, first, after, last, before, ...given }) => {
          const values = { ...given, ...(filter as Params | null) };
          const params = checkParams(parametersOf(question), values);
          if (first !== undefined && last !== undefined) {
            throw new Problem(
              "conflicting-parameters",
              "first, last: only one of them can be given. Leave out the other.",
            );
          }
          const most = limit.safeParse(first ?? last);
          if (!most.success) {
            const name = last === undefined ? "first" : "last";
            throw new Problem("malformed-parameter", `${name}: ${most.error.issues[0]?.message}`);
          }
          const order = {
            by: (orderBy as string | undefined) ?? question.orders[0],
            descending: orderDirection === undefined ? question.descending : orderDirection === "desc",
          };
          const page = await askList(question, reading, params, order, {
            limit: most.data,
            after: after as string | undefined,
            before: before as string | undefined,
            fromEnd: last !== undefined,
          });
          return { reading, value: page };
        },
        bound,
      ),
    };
  }

  function connectionOf(question: ListQuestion): GraphQLOutputType {
    const name = capital(question.name);
    const existing = outputs.get(`${name}Connection`);
    if (existing) return existing;
    const item = typeOf(question.item, question.name);
    const follow = followerOf(question.item);
    const edge = new GraphQLObjectType<ViewedValue>({
      name: `${name}Edge`,
      fields: {
        cursor: { type: new GraphQLNonNull(GraphQLString), resolve: ({ value }) => (value as Item).cursor },
        node: {
          type: item,
          resolve: ({ reading, value }, _args, context: GraphqlContext) =>
            follow(reading, (value as Item).item, context),
        },
      },
    });
    const connection = new GraphQLObjectType<ViewedValue>({
      name: `${name}Connection`,
      fields: {
        block: {
          type: new GraphQLNonNull(objectOf(Block)),
          resolve: ({ reading }, _args, { source }: GraphqlContext) => ({
            reading,
            value: showBlock(reading.view.block, source),
          }),
        },
        edges: {
          type: listOf(edge),
          resolve: ({ reading, value }) => (value as PageValue).items.map((each) => ({ reading, value: each })),
        },
        nodes: {
          type: new GraphQLNonNull(new GraphQLList(item)),
          resolve: ({ reading, value }, _args, context: GraphqlContext) =>
            (value as PageValue).items.map((each) => follow(reading, each.item, context)),
        },
        pageInfo: { type: new GraphQLNonNull(pageInfo), resolve: ({ value }) => value },
      },
    });
    outputs.set(connection.name, connection);
    return connection;
  }

  /** Returns the GraphQL type of a value in an answer, or the type of the object that the value refers to. */
  function typeOf(schema: z.ZodType, name: string): GraphQLOutputType {
    const def = defOf(schema);
    if (def.type === "nullable") return nullable(typeOf(def.innerType, name));
    const reference = referenceOf(schema);
    if (reference) return new GraphQLNonNull(objectOf(reference.question.answer));
    switch (def.type) {
      case "array":
        return new GraphQLNonNull(new GraphQLList(typeOf(def.element, name)));
      case "object":
        return new GraphQLNonNull(objectOf(schema, name));
      case "enum":
        return new GraphQLNonNull(enumOf(idOf(schema) ?? capital(name), Object.values(def.entries)));
      default:
        return new GraphQLNonNull(scalarOf(schema));
    }
  }

  function objectOf(schema: z.ZodType, otherwise = ""): GraphQLObjectType {
    const name = idOf(schema) ?? capital(otherwise);
    const existing = outputs.get(name);
    if (existing instanceof GraphQLObjectType) return existing;
    const { shape } = schema as z.ZodObject<Record<string, z.ZodType>>;
    const type = new GraphQLObjectType<ViewedValue, GraphqlContext>({
      name,
      description: descriptionOf(schema),
      fields: () => ({
        ...Object.fromEntries(Object.entries(shape).map(([field, inner]) => [field, plainField(name, field, inner)])),
        ...Object.fromEntries(
          questions.flatMap((question) =>
            (question.links ?? [])
              .filter(({ on }) => on === name)
              .map(({ field, param }) => [field, fieldOf(question, param)]),
          ),
        ),
      }),
    });
    outputs.set(name, type);
    return type;
  }

  function plainField(owner: string, field: string, schema: z.ZodType): Field {
    const type = field === "id" ? new GraphQLNonNull(GraphQLID) : typeOf(schema, `${owner}${capital(field)}`);
    const follow = followerOf(schema);
    return {
      type,
      description: schema.description,
      extensions: { ...(isList(schema) && { many: "list" }) } satisfies CostHints,
      resolve({ reading, value }, _args, context) {
        const fieldValue = (value as Record<string, unknown>)[field];
        if (!isWalk(fieldValue)) return follow(reading, fieldValue, context);
        return reading.walk(() => fieldValue).then((each) => follow(reading, each, context));
      },
    };
  }

  function enumOf(name: string, values: readonly string[]): GraphQLEnumType {
    const existing = outputs.get(name);
    if (existing instanceof GraphQLEnumType) return existing;
    const type = new GraphQLEnumType({ name, values: Object.fromEntries(values.map((value) => [value, {}])) });
    outputs.set(name, type);
    return type;
  }

  function argumentsOf(params: z.ZodObject, name: string, bound?: string): GraphQLFieldConfigArgumentMap {
    const args = Object.entries(params.shape).filter(([param]) => param !== bound);
    return Object.fromEntries(
      args.map(([param, schema]) => [
        param,
        {
          type: inputOf(schema as z.ZodType, `${capital(name)}${capital(param)}`),
          description: (schema as z.ZodType).description,
        },
      ]),
    );
  }

  function inputObject(name: string, params: z.ZodObject): GraphQLInputObjectType {
    const type = inputs.get(name) ?? new GraphQLInputObjectType({ name, fields: argumentsOf(params, name) });
    inputs.set(name, type);
    return type;
  }

  function inputOf(schema: z.ZodType, name: string, optional = false): GraphQLInputType {
    const def = defOf(schema);
    const required = (type: GraphQLEnumType | GraphQLScalarType) => (optional ? type : new GraphQLNonNull(type));
    switch (def.type) {
      case "optional":
      case "default":
        return inputOf(def.innerType, name, true);
      case "pipe":
        return inputOf(defOf(def.in).type === "transform" ? def.out : def.in, name, optional);
      case "union":
        return required(GraphQLID);
      case "enum":
        return required(enumOf(idOf(schema) ?? name, Object.values(def.entries)));
      default: {
        const scalar = scalarOf(schema);
        return required(scalar === GraphQLFloat ? GraphQLID : scalar);
      }
    }
  }
}

interface Item {
  cursor: string;
  item: unknown;
}
interface PageValue {
  items: Item[];
  more: { after: boolean; before: boolean };
}

const pageInfo = new GraphQLObjectType<PageValue>({
  name: "PageInfo",
  fields: {
    hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean), resolve: ({ more }) => more.after },
    hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean), resolve: ({ more }) => more.before },
    startCursor: { type: GraphQLString, resolve: ({ items }) => items[0]?.cursor ?? null },
    endCursor: { type: GraphQLString, resolve: ({ items }) => items.at(-1)?.cursor ?? null },
  },
});

type Def =
  | { type: "nullable" | "optional" | "default"; innerType: z.ZodType }
  | { type: "array"; element: z.ZodType }
  | { type: "pipe"; in: z.ZodType; out: z.ZodType }
  | { type: "enum"; entries: Record<string, string> }
  | { type: "object" | "string" | "number" | "boolean" | "transform" | "union" };

const defOf = (schema: z.ZodType) => schema.def as unknown as Def;

function scalarOf(schema: z.ZodType): GraphQLScalarType {
  const { type } = defOf(schema);
  if (type === "boolean") return GraphQLBoolean;
  if (type !== "number") return GraphQLString;
  const { minValue, maxValue, isInt } = schema as z.ZodNumber;
  const fits = isInt && minValue !== null && minValue >= -(2 ** 31) && maxValue !== null && maxValue < 2 ** 31;
  return fits ? GraphQLInt : GraphQLFloat;
}

const isList = (schema: z.ZodType) => defOf(schema).type === "array";
const nullable = (type: GraphQLOutputType): GraphQLOutputType => (type instanceof GraphQLNonNull ? type.ofType : type);
const listOf = (type: GraphQLOutputType) => new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(nullable(type))));
const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const descriptionOf = (schema: z.ZodType) => z.globalRegistry.get(schema)?.description;

/** Returns the id of a shape. A shape with a new description keeps the id of the original shape. */
function idOf(schema: z.ZodType): string | undefined {
  // oxlint-disable-next-line no-underscore-dangle -- zod has no other way to ask
  for (let each: z.core.$ZodType | undefined = schema; each; each = each._zod.parent) {
    const id = z.globalRegistry.get(each)?.id;
    if (id !== undefined) return id;
  }
  return undefined;
}

function referenceOf(schema: z.ZodType): { question: SingleQuestion; by: string | undefined } | undefined {
  const reference = references.get(schema);
  const question = questions.find(({ name }) => name === reference?.to);
  return question?.type === "single" ? { question, by: reference?.by } : undefined;
}

type Follow = (reading: Reading, value: unknown, context: GraphqlContext) => unknown;

/** Returns the function that prepares values of a shape for the resolvers of their type. */
function followerOf(schema: z.ZodType): Follow {
  const def = defOf(schema);
  const step = def.type === "nullable" ? followerOf(def.innerType) : valueFollowerOf(schema, def);
  return (reading, value, context) => (value === null || value === undefined ? null : step(reading, value, context));
}

function valueFollowerOf(schema: z.ZodType, def: Def): Follow {
  const reference = referenceOf(schema);
  if (reference) {
    const { question, by } = reference;
    const [param = ""] = Object.keys(question.params.shape);
    return (reading, value, context) => {
      const id = by === undefined ? value : (value as Record<string, unknown>)[by];
      try {
        return withView(reading, askSingle(question, reading, { [param]: id }));
      } catch (error) {
        throw context.failed(error);
      }
    };
  }
  if (def.type === "array") {
    const each = followerOf(def.element);
    return (reading, value, context) => (value as unknown[]).map((item) => each(reading, item, context));
  }
  return def.type === "object" ? (reading, value) => ({ reading, value }) : (_reading, value) => value;
}

/** Attaches the view to a value, or to each value of a list. */
const withView = (reading: Reading, value: unknown): unknown =>
  Array.isArray(value)
    ? value.map((each) => withView(reading, each))
    : typeof value === "object" && value !== null
      ? { reading, value }
      : value;

type Ask = (reading: Reading, given: Params, context: GraphqlContext) => Promise<unknown>;

/**
 * Returns a resolver that asks the view of the object that the field belongs to, or the view of the block that is
 * given.
 */
function resolverOf(ask: Ask, bound: string | undefined): NonNullable<Field["resolve"]> {
  return async (parent, { block, ...args }: Params, context) => {
    try {
      // GraphQL passes null for an argument that is left out.
      const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null));
      if (bound !== undefined) {
        const owner = parent.value as { id?: unknown; address?: unknown };
        return await ask(parent.reading, { ...given, [bound]: owner.id ?? owner.address }, context);
      }
      if (block === undefined || block === null) return await ask(context.reading, given, context);
      const name = checkParams(z.strictObject({ block: blockName }), { block }).block as BlockName;
      return await ask(await context.readingAt(name), given, context);
    } catch (error) {
      throw context.failed(error);
    }
  };
}
