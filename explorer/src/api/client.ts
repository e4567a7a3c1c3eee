import { createClient, type TributaryClient } from "#client/api/createClient.ts";
import type { components } from "#client/api/openapi.ts";

export type Schemas = components["schemas"];
export type Amount = Schemas["Amount"];
export type Currency = Schemas["Currency"];
export type Block = Schemas["Block"];
export type KindName = Schemas["Kind"];

/** An error response of the API, with its reason. */
export class ApiProblem extends Error {
  override name = "ApiProblem";
  readonly status: number;
  /** The problem code; undefined if a server in front of the API sent the error. */
  readonly code: Schemas["ProblemCode"] | undefined;
  readonly title: string;

  constructor(status: number, code: Schemas["ProblemCode"] | undefined, title: string, detail: string) {
    super(detail);
    this.status = status;
    this.code = code;
    this.title = title;
  }
}

/** Tells the reader that the API sent no answer, what still works, and what happens next. */
export const UNREACHABLE_TEXT =
  "The explorer's API cannot be reached. Check your connection. The page tries again when the API is back.";

/** The API sent no answer, or an answer that cannot be read. */
export class Unreachable extends Error {
  override name = "Unreachable";
}

let base = "";
let client: TributaryClient | undefined;

/** Sets the API for all further requests. */
export function connect(url: string): void {
  base = url.replace(/\/$/, "");
  client = createClient(base);
}

/** Returns a URL of the connected API. */
export const apiUrl = (path: string): string => `${base}${path}`;

/**
 * Returns the client of the connected API.
 *
 * @throws {Error} if `connect` has not been called.
 */
export function api(): TributaryClient {
  if (!client) throw new Error("No API is connected.");
  return client;
}

/** The result of one request of the generated client. */
export interface ApiResponse<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * Returns the data of an answer.
 *
 * @throws {ApiProblem} if the API responds with an error.
 * @throws {Unreachable} if there is no answer. The error of an aborted request is rethrown unchanged.
 */
export async function answer<T>(request: Promise<ApiResponse<T>>): Promise<T> {
  let result: ApiResponse<T>;
  try {
    result = await request;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Unreachable("The API could not be reached.", { cause });
  }
  const { data, error, response } = result;
  if (data !== undefined && response.ok) return data;
  const {
    code,
    title = response.statusText,
    detail = "The API gave no reason. Try again later.",
  } = (error ?? {}) as Partial<Schemas["Problem"]>;
  throw new ApiProblem(response.status, code, String(title), String(detail));
}
