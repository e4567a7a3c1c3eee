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

/** Nobody answered, or not in words that are known. */
export class Unreachable extends Error {
  override name = "Unreachable";
}

let base = "";
let client: TributaryClient | undefined;

/** Says which API is asked from now on. */
export function connect(url: string): void {
  base = url.replace(/\/$/, "");
  client = createClient(base);
}

/** An address below the API that is asked. */
export const apiUrl = (path: string): string => `${base}${path}`;

export function api(): TributaryClient {
  if (!client) throw new Error("No API is connected.");
  return client;
}

interface Fetched<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What was answered. */
export async function answer<T>(asked: Promise<Fetched<T>>): Promise<T> {
  let fetched: Fetched<T>;
  try {
    fetched = await asked;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new Unreachable("The API could not be reached.", { cause });
  }
  const { data, error, response } = fetched;
  if (data !== undefined && response.ok) return data;
  const {
    code,
    title = response.statusText,
    detail = "It said nothing more.",
  } = (error ?? {}) as Partial<Schemas["Problem"]>;
  throw new ApiProblem(response.status, code, String(title), String(detail));
}
