import { z } from "zod";
import type { Walk } from "../scheduling/walk.ts";
import type { View, ViewSource } from "../live/view.ts";
import type { Page, Paging, Rows } from "./rows.ts";

/** A field of a GraphQL object that resolves to the answer of a question about that object. */
export interface Link {
  /** The object's type. */
  on: string;
  field: string;
  /** The question's parameter that takes the object's `id` (for an account, its `address`). */
  param: string;
}

interface QuestionBase {
  /** The operation's id in OpenAPI and the root field in GraphQL. */
  name: string;
  /** The path below `/v1`; `{parameter}` as in OpenAPI. */
  path: string;
  /** The heading in the documents. */
  subject: string;
  summary: string;
  description?: string;
  links?: readonly Link[];
  /** The name of the book that answers the question. Set only in the list of all questions. */
  book?: string;
  /** The cost of one answer, in units of a plain object. Default: 1. */
  cost?: number;
}

/** Parameter values, checked by the question's schema. */
export type Params = Record<string, unknown>;

/** A question with one answer. */
export interface SingleQuestion extends QuestionBase {
  type: "single";
  params: z.ZodObject;
  answer: z.ZodType;
  run(view: View, params: Params): unknown;
  /** Completes the result of `run` with what a node of the chain returns. It must not read the state any more. */
  complete?(source: ViewSource, result: unknown): Promise<unknown>;
}

export interface Order {
  by: string;
  descending: boolean;
}

/** The orders of lists, each with its meaning. */
export const ORDERS = {
  default: "the only order of this list",
  id: "by id",
  name: "by name",
  scheduled: "by the time of scheduling",
  paid: "by the time of payment",
  claimed: "by the time of the claim",
  amount: "by the number of base units, whatever the currency",
  asset: "by asset id",
  shares: "by the number of shares",
  acquired: "by the time at which the account first held shares",
  keeps: "by the part that the release keeps",
  release: "by release id",
} as const;
export type OrderName = keyof typeof ORDERS;

/** A question whose answer is a list that is read page by page. */
export interface ListQuestion extends QuestionBase {
  type: "list";
  /** The required parameters. */
  params: z.ZodObject;
  /** The optional parameters. */
  filters: z.ZodObject;
  item: z.ZodType;
  /** The possible orders, the default first. */
  orders: readonly [OrderName, ...OrderName[]];
  /** The default direction. */
  descending: boolean;
  /** Returns the whole list, or only the requested page of it. */
  rows(view: View, params: Params, order: Order, paging: Paging): ListAnswer<unknown> | Walk<ListAnswer<unknown>>;
}

/** Describes the orders of a list. */
export const describeOrders = (orders: ListQuestion["orders"]): string =>
  orders.length === 1
    ? "The list has only one order, so this parameter is not needed."
    : `The order of the items. ${orders.map((each) => `\`${each}\`: ${ORDERS[each]}.`).join(" ")} Default: \`${orders[0]}\`.`;

/** Returns the schema of all parameters and filters of a list. */
export const parametersOf = ({ params, filters }: ListQuestion) =>
  z.strictObject({ ...params.shape, ...filters.shape });

export type ListAnswer<T> = Rows<T> | Page<T>;

export type Question = SingleQuestion | ListQuestion;

/** An answer whose slow fields are walks, which run only when the field is read. */
export type Lazy<A> = { [K in keyof A]: A[K] | Walk<A[K]> };

interface SingleDeclaration<P extends z.ZodRawShape, A extends z.ZodType, F> extends QuestionBase {
  params: P;
  answer: A;
  run(view: View, params: z.output<z.ZodObject<P>>): F | Walk<F>;
  complete?(source: ViewSource, result: F): Promise<z.input<A>>;
}

/** Declares a question with one answer. */
export function single<P extends z.ZodRawShape, A extends z.ZodType, F = z.input<A>>(
  declaration: SingleDeclaration<P, A, F>,
): SingleQuestion {
  // The cast is safe: `params` checks the parameters before `run` gets them.
  return { ...declaration, type: "single", params: z.strictObject(declaration.params) } as unknown as SingleQuestion;
}

interface ListDeclaration<P extends z.ZodRawShape, W extends z.ZodRawShape, T extends z.ZodType> extends QuestionBase {
  params: P;
  filters: W;
  item: T;
  orders?: readonly [OrderName, ...OrderName[]];
  descending?: boolean;
  rows(
    view: View,
    params: z.output<z.ZodObject<P>> & z.output<z.ZodObject<W>>,
    order: Order,
    paging: Paging,
  ): ListAnswer<z.input<T>> | Walk<ListAnswer<z.input<T>>>;
}

/** Declares a question whose answer is a list. */
export function list<P extends z.ZodRawShape, W extends z.ZodRawShape, T extends z.ZodType>(
  declaration: ListDeclaration<P, W, T>,
): ListQuestion {
  const { params, filters, orders = ["default"], descending = false } = declaration;
  return {
    ...declaration,
    type: "list",
    params: z.strictObject(params),
    filters: z.strictObject(filters),
    orders,
    descending,
  } as unknown as ListQuestion; // safe for the same reason
}
