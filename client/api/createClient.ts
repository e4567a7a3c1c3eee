import createFetchClient, { type Client } from "openapi-fetch";
import type { paths } from "./openapi.ts";

export type { components, paths } from "./openapi.ts";

export type TributaryClient = Client<paths>;

export interface CreateClientOptions {
  fetch?: (request: Request) => Promise<Response>;
}

/**
 * A client of the API, its types made from the OpenAPI document.
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
 * @param baseUrl Where the service is; `http://…/chains/<chain id>` for one chain of several.
 */
export const createClient = (baseUrl: string, options: CreateClientOptions = {}): TributaryClient =>
  createFetchClient<paths>({ baseUrl: baseUrl.replace(/\/$/, ""), ...options });

/** Reads a list page by page. `read` asks for the page after a cursor. */
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
