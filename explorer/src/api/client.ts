import { createClient, type TributaryClient } from "#client/api/createClient.ts";
import type { components } from "#client/api/openapi.ts";

export type Schemas = components["schemas"];
export type Amount = Schemas["Amount"];
export type Currency = Schemas["Currency"];
export type Block = Schemas["Block"];
export type KindName = Schemas["Kind"];

/** A refusal of the API with its reason. */
export class ApiProblem extends Error {
  override name = "ApiProblem";
  readonly status: number;
  /** The kind of refusal; undefined where a server in front of the API refused. */
  readonly code: Schemas["ProblemCode"] | undefined;
  readonly title: string;

  constructor(status: number, code: Schemas["ProblemCode"] | undefined, title: string, detail: string) {
    super(detail);
    this.status = status;
    this.code = code;
    this.title = title;
  }
}

/** No answer from the API, or none that can be read. */
export class Unreachable extends Error {
  override name = "Unreachable";
}

let base = "";
let client: TributaryClient | undefined;

/** Sets the API that all questions go to from now on. */
export function connect(url: string): void {
  base = url.replace(/\/$/, "");
  client = createClient(base);
}

/** Returns an address below the connected API. */
export const apiUrl = (path: string): string => `${base}${path}`;

/**
 * Returns the client of the connected API.
 *
 * @throws {Error} before `connect`.
 */
export function api(): TributaryClient {
  if (!client) throw new Error("No API is connected.");
  return client;
}

/** The generated client's result of one request. */
export interface ApiResponse<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * Returns the data of an answer.
 *
 * @throws {ApiProblem} if the API refuses.
 * @throws {Unreachable} if there is no answer. The error of an aborted request is passed on as it is.
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
    detail = "It said nothing more.",
  } = (error ?? {}) as Partial<Schemas["Problem"]>;
  throw new ApiProblem(response.status, code, String(title), String(detail));
}
