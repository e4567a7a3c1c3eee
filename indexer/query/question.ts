import { z } from "zod";
import type { Walk } from "../scheduling/walk.ts";
import type { View, ViewSource } from "../live/view.ts";
import type { Page, Paging, Rows } from "./rows.ts";

/** A field by which a GraphQL object leads to a question about it. */
export interface Link {
  /** The object's type. */
  on: string;
  field: string;
  /** Which of the question's parameters the object's `id` (an account's `address`) is. */
  param: string;
}

interface Asked {
  /** The operation's id in OpenAPI and the root field in GraphQL. */
  name: string;
  /** The path below `/v1`; `{parameter}` as in OpenAPI. */
  path: string;
  /** The heading in the documents. */
  subject: string;
  summary: string;
  description?: string;
  links?: readonly Link[];
  /** The name of the book that answers it, in the list of all questions. */
  book?: string;
  /** The cost of one answer, in plain objects. Default: 1. */
  cost?: number;
}

/** Values that the question's schema has let through. */
export type Params = Record<string, unknown>;

/** A question with one answer. */
export interface SingleQuestion extends Asked {
  type: "single";
  params: z.ZodObject;
  answer: z.ZodType;
  run(view: View, params: Params): unknown;
  /** Completes what `run` found by asking the chain. Nothing of the state may be read by then. */
  complete?(source: ViewSource, found: unknown): Promise<unknown>;
}

export interface Order {
  by: string;
  descending: boolean;
}

/** A question whose answer is a list, which is read by page. */
export interface ListQuestion extends Asked {
  type: "list";
  /** Those that it cannot be asked without. */
  params: z.ZodObject;
  /** All optional. */
  filters: z.ZodObject;
  item: z.ZodType;
  /** The possible orders, the default first. */
  orders: readonly [string, ...string[]];
  /** The default direction. */
  descending: boolean;
  /** The list, or that page of it. */
  rows(view: View, params: Params, order: Order, paging: Paging): Listed<unknown> | Walk<Listed<unknown>>;
}

/** Returns the schema of all parameters and filters of a list. */
export const givenTo = ({ params, filters }: ListQuestion) => z.strictObject({ ...params.shape, ...filters.shape });

export type Listed<T> = Rows<T> | Page<T>;

export type Question = SingleQuestion | ListQuestion;

/** An answer of which fields that take long are walks, taken when they are read. */
export type Lazy<A> = { [K in keyof A]: A[K] | Walk<A[K]> };

interface SingleDeclaration<P extends z.ZodRawShape, A extends z.ZodType, F> extends Asked {
  params: P;
  answer: A;
  run(view: View, params: z.output<z.ZodObject<P>>): F | Walk<F>;
  complete?(source: ViewSource, found: F): Promise<z.input<A>>;
}

/** Declares a question with one answer. */
export function single<P extends z.ZodRawShape, A extends z.ZodType, F = z.input<A>>(
  declaration: SingleDeclaration<P, A, F>,
): SingleQuestion {
  // Parameters go through `params` before `run`: the types that are given up here hold.
  return { ...declaration, type: "single", params: z.strictObject(declaration.params) } as unknown as SingleQuestion;
}

interface ListDeclaration<P extends z.ZodRawShape, W extends z.ZodRawShape, T extends z.ZodType> extends Asked {
  params: P;
  filters: W;
  item: T;
  orders?: readonly [string, ...string[]];
  descending?: boolean;
  rows(
    view: View,
    params: z.output<z.ZodObject<P>> & z.output<z.ZodObject<W>>,
    order: Order,
    paging: Paging,
  ): Listed<z.input<T>> | Walk<Listed<z.input<T>>>;
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
  } as unknown as ListQuestion; // as above
}
