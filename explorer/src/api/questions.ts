import { queryOptions } from "@tanstack/react-query";
import type { TributaryClient } from "#client/api/createClient.ts";
import type { paths } from "#client/api/openapi.ts";
import { answer, api, type ApiResponse, apiUrl, type Block, type Schemas } from "./client.ts";

type QueryOf<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Q } } }
  ? NonNullable<Q>
  : never;

const single = <T>(
  key: readonly unknown[],
  ask: (client: TributaryClient, signal: AbortSignal) => Promise<ApiResponse<T>>,
) => queryOptions({ queryKey: key, queryFn: ({ signal }) => answer(ask(api(), signal)) });

export interface ListPage<Row> {
  block: Block;
  data: Row[];
  next: string | null;
}

/** A list of the API that is read page by page. */
export interface ListOf<Row> {
  key: readonly unknown[];
  read: (after: { after?: string }, signal: AbortSignal) => Promise<ListPage<Row>>;
}

const list = <Row>(
  key: readonly unknown[],
  ask: (client: TributaryClient, after: { after?: string }, signal: AbortSignal) => Promise<ApiResponse<ListPage<Row>>>,
): ListOf<Row> => ({ key, read: (after, signal) => answer(ask(api(), after, signal)) });

export const health = queryOptions<Schemas["Health"]>({
  queryKey: ["health"],
  refetchInterval: ({ state }) => (state.data?.status === "ready" ? 15_000 : 5_000),
  queryFn: ({ signal }) =>
    // The response of status 503, for a failed indexer, has the same body.
    answer(
      api()
        .GET("/health", { signal })
        .then(({ data, error, response }) => ({
          data: data ?? error,
          response: new Response(null, { ...response, status: 200 }),
        })),
    ),
});

export const currencies = single(["currencies"], (client, signal) =>
  client.GET("/v1/currencies", { params: { query: { limit: 500 } }, signal }),
);
export const ledger = single(["ledger"], (client, signal) => client.GET("/v1/ledger", { signal }));

export const governance = single(["governance"], (client, signal) => client.GET("/v1/governance", { signal }));
export const governanceOperations = list(["governanceOperations"], (client, after, signal) =>
  client.GET("/v1/governance/operations", { params: { query: { ...after } }, signal }),
);
export const governanceOperation = (operation: string) =>
  single(["governanceOperation", operation], (client, signal) =>
    client.GET("/v1/governance/operations/{operation}", { params: { path: { operation } }, signal }),
  );

export const assets = (query: QueryOf<"/v1/assets">) =>
  list(["assets", query], (client, after, signal) =>
    client.GET("/v1/assets", { params: { query: { ...query, ...after } }, signal }),
  );
export const asset = (id: number) =>
  single(["asset", id], (client, signal) =>
    client.GET("/v1/assets/{asset}", { params: { path: { asset: id } }, signal }),
  );
export const assetReleases = (id: number) =>
  list(["assetReleases", id], (client, after, signal) =>
    client.GET("/v1/assets/{asset}/releases", {
      params: { path: { asset: id }, query: { orderDirection: "desc", ...after } },
      signal,
    }),
  );
export const shareholders = (id: number) =>
  list(["shareholders", id], (client, after, signal) =>
    client.GET("/v1/assets/{asset}/shareholders", { params: { path: { asset: id }, query: { ...after } }, signal }),
  );
export const incomeOf = (id: number, currency: string, bucket: number) =>
  single(["income", id, currency, bucket], (client, signal) =>
    client.GET("/v1/assets/{asset}/income/{currency}", {
      params: { path: { asset: id, currency }, query: { bucket, limit: 500 } },
      signal,
    }),
  );

export const releases = (query: QueryOf<"/v1/releases">) =>
  list(["releases", query], (client, after, signal) =>
    client.GET("/v1/releases", { params: { query: { ...query, ...after } }, signal }),
  );
export const release = (id: number) =>
  single(["release", id], (client, signal) =>
    client.GET("/v1/releases/{release}", { params: { path: { release: id } }, signal }),
  );
export const weights = (id: number) =>
  list(["weights", id], (client, after, signal) =>
    client.GET("/v1/releases/{release}/weights", { params: { path: { release: id }, query: { ...after } }, signal }),
  );
export const builtBy = (id: number) =>
  list(["builtBy", id], (client, after, signal) =>
    client.GET("/v1/releases/{release}/builtBy", {
      params: { path: { release: id }, query: { orderDirection: "desc", ...after } },
      signal,
    }),
  );
export const counterfactual = (id: number, currency: string) =>
  list(["counterfactual", id, currency], (client, after, signal) =>
    client.GET("/v1/releases/{release}/counterfactual/{currency}", {
      params: { path: { release: id, currency }, query: { ...after } },
      signal,
    }),
  );

export const fees = (query: QueryOf<"/v1/fees">) =>
  list(["fees", query], (client, after, signal) =>
    client.GET("/v1/fees", { params: { query: { ...query, ...after } }, signal }),
  );
export const traceHops = (id: string) =>
  list(["traceHops", id], (client, after, signal) =>
    client.GET("/v1/fees/{fee}/trace/hops", { params: { path: { fee: id }, query: { limit: 500, ...after } }, signal }),
  );
export const traceAssets = (id: string) =>
  list(["traceAssets", id], (client, after, signal) =>
    client.GET("/v1/fees/{fee}/trace/assets", {
      params: { path: { fee: id }, query: { limit: 500, ...after } },
      signal,
    }),
  );
export const trace = (id: string) =>
  single(["trace", id], (client, signal) =>
    client.GET("/v1/fees/{fee}/trace", { params: { path: { fee: id } }, signal }),
  );
export const progressOf = (id: string) =>
  list(["progress", id], (client, after, signal) =>
    client.GET("/v1/fees/{fee}/progress/assets", {
      params: { path: { fee: id }, query: { limit: 50, ...after } },
      signal,
    }),
  );

export const account = (address: string) =>
  single(["account", address], (client, signal) =>
    client.GET("/v1/accounts/{address}", { params: { path: { address } }, signal }),
  );
export const statementLines = (address: string) =>
  list(["statement", address], (client, after, signal) =>
    client.GET("/v1/accounts/{address}/statement/lines", {
      params: { path: { address }, query: { limit: 500, ...after } },
      signal,
    }),
  );
export const plan = (address: string, query: QueryOf<"/v1/accounts/{address}/plan"> = {}) =>
  single(["plan", address, query], (client, signal) =>
    client.GET("/v1/accounts/{address}/plan", { params: { path: { address }, query }, signal }),
  );
/** The plan of which a list shows more: by the same prices, and through the outlet or not. */
export type PlanListQuery = Omit<QueryOf<"/v1/accounts/{address}/plan/{currency}/claim">, "limit" | "after">;

export const plannedClaims = (address: string, currency: string, query: PlanListQuery = {}) =>
  list(["planned claims", address, currency, query], (client, after, signal) =>
    client.GET("/v1/accounts/{address}/plan/{currency}/claim", {
      params: { path: { address, currency }, query: { limit: 10, ...query, ...after } },
      signal,
    }),
  );
export const leftOut = (address: string, currency: string, query: PlanListQuery = {}) =>
  list(["left out", address, currency, query], (client, after, signal) =>
    client.GET("/v1/accounts/{address}/plan/{currency}/left-out", {
      params: { path: { address, currency }, query: { limit: 10, ...query, ...after } },
      signal,
    }),
  );
export const earnings = (address: string, query: QueryOf<"/v1/accounts/{address}/earnings">) =>
  list(["earnings", address, query], (client, after, signal) =>
    client.GET("/v1/accounts/{address}/earnings", {
      params: { path: { address }, query: { ...query, ...after } },
      signal,
    }),
  );
export const allocations = (address: string) =>
  list(["allocations", address], (client, after, signal) =>
    client.GET("/v1/accounts/{address}/allocations", { params: { path: { address }, query: { ...after } }, signal }),
  );
export const claims = (query: QueryOf<"/v1/claims">) =>
  list(["claims", query], (client, after, signal) =>
    client.GET("/v1/claims", { params: { query: { ...query, ...after } }, signal }),
  );

export const economyHealth = (currency: string) =>
  single(["economyHealth", currency], (client, signal) =>
    client.GET("/v1/economy/{currency}/health", { params: { path: { currency } }, signal }),
  );
export interface Period {
  since?: number;
  until?: number;
}
export const organizationFlows = (currency: string, query: Period & { most?: number }) =>
  single(["organizationFlows", currency, query], (client, signal) =>
    client.GET("/v1/economy/{currency}/flows", { params: { path: { currency }, query }, signal }),
  );

export const feeFlows = (currency: string, query: Period) =>
  single(["feeFlows", currency, query], (client, signal) =>
    client.GET("/v1/economy/{currency}/flows/fees", { params: { path: { currency }, query }, signal }),
  );

/** Number of rows of a leaderboard that are shown at first. */
const BOARD_ROWS = 10;
export const assetBoard = (currency: string, query: Period = {}) =>
  list(["assetBoard", currency, query], (client, after, signal) =>
    client.GET("/v1/economy/{currency}/leaderboards/assets", {
      params: { path: { currency }, query: { limit: BOARD_ROWS, ...query, ...after } },
      signal,
    }),
  );
export const organizationBoard = (currency: string, query: Period = {}) =>
  list(["organizationBoard", currency, query], (client, after, signal) =>
    client.GET("/v1/economy/{currency}/leaderboards/organizations", {
      params: { path: { currency }, query: { limit: BOARD_ROWS, ...query, ...after } },
      signal,
    }),
  );
export const accountBoard = (currency: string, query: Period = {}) =>
  list(["accountBoard", currency, query], (client, after, signal) =>
    client.GET("/v1/economy/{currency}/leaderboards/accounts", {
      params: { path: { currency }, query: { limit: BOARD_ROWS, ...query, ...after } },
      signal,
    }),
  );
export const payerBoard = (currency: string, query: Period = {}) =>
  list(["payerBoard", currency, query], (client, after, signal) =>
    client.GET("/v1/economy/{currency}/leaderboards/payers", {
      params: { path: { currency }, query: { limit: BOARD_ROWS, ...query, ...after } },
      signal,
    }),
  );

export const releaseBoard = (currency: string, query: Period = {}) =>
  list(["releaseBoard", currency, query], (client, after, signal) =>
    client.GET("/v1/economy/{currency}/leaderboards/releases", {
      params: { path: { currency }, query: { limit: BOARD_ROWS, ...query, ...after } },
      signal,
    }),
  );

/** Number of rows that the API returns at most. */
export const LARGEST_PAGE = 500;

/** Returns the URL of the first rows of a list as comma-separated values. */
export const csvUrl = (path: string, query: Record<string, string> = {}): string =>
  apiUrl(`${path}?${new URLSearchParams({ ...query, format: "csv", limit: String(LARGEST_PAGE) }).toString()}`);

interface JsonSchema {
  description?: string;
  /** The alternatives of a value that can be null. */
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
}

/** The descriptions of figures in the API's OpenAPI document, with their formulas. */
export const descriptions = queryOptions({
  queryKey: ["descriptions"],
  staleTime: Infinity,
  queryFn: async ({ signal }) => {
    const response = await fetch(apiUrl("/openapi.json"), { signal });
    const { components } = (await response.json()) as {
      components: { schemas: Record<string, JsonSchema> };
    };
    return components.schemas;
  },
});
