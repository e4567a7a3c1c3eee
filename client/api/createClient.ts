import createFetchClient, { type Client } from "openapi-fetch";
import type { paths } from "./openapi.ts";

export type { components, paths } from "./openapi.ts";

export type TributaryClient = Client<paths>;

export interface CreateClientOptions {
  fetch?: (request: Request) => Promise<Response>;
}

/**
 * Creates a client of the API. Its types are generated from the OpenAPI document.
 *
 * @example
 * ```ts
 * const tributary = createClient("http://127.0.0.1:4000");
 * const { data, error } = await tributary.GET("/v1/releases/{release}/weights", {
 *   params: { path: { release: 3 }, query: { limit: 10 } },
 * });
 * if (error) throw new Error(error.detail);
 * for (const { assetName, keepsPpm } of data.data) console.log(assetName, keepsPpm);
 * ```
 *
 * @param baseUrl The URL of the service; `http://…/chains/<chain id>` for one of several chains.
 */
export const createClient = (baseUrl: string, options: CreateClientOptions = {}): TributaryClient =>
  createFetchClient<paths>({ baseUrl: baseUrl.replace(/\/$/, ""), ...options });

/** Yields the items of a list, page by page. `read` requests the page after a cursor. */
export async function* everyPage<T>(
  read: (after: string | undefined) => Promise<{ data: T[]; next: string | null }>,
): AsyncGenerator<T> {
  let after: string | undefined;
  do {
    const { data, next } = await read(after);
    yield* data;
    after = next ?? undefined;
  } while (after !== undefined);
}
