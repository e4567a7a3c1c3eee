import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import { format, resolveConfig } from "prettier";
import { zeroAddress } from "viem";
import { createServer } from "../../indexer/api/createServer.ts";

export const TYPES_FILE = join(import.meta.dirname, "../../client/api/openapi.ts");

/** The OpenAPI document of a service, as text; it is the same for all but for the chains that are served. */
async function openApiDocument(): Promise<string> {
  const server = await createServer({
    source: { chainId: 1, registry: zeroAddress, ledger: zeroAddress, startBlock: 0n },
    health: {
      head: undefined,
      headFrom: "chain",
      final: undefined,
      lastContact: undefined,
      lastError: undefined,
      failure: undefined,
    },
    view: () => undefined,
    viewAt: () => Promise.reject(new RangeError("There is no block.")),
    onBlock: () => () => {},
  });
  const { body } = await server.inject("/openapi.json");
  await server.close();
  return body;
}

/** The types of all that can be asked over HTTP, made from the OpenAPI document. */
export async function clientTypes(): Promise<string> {
  // The client asks for JSON: comma-separated values are for others.
  const document: unknown = JSON.parse(await openApiDocument(), (key, value: unknown) =>
    key === "text/csv" ? undefined : value,
  );
  const types = astToString(await openapiTS(JSON.stringify(document)));
  const source = `// Made by \`npm run client\` from the OpenAPI document. Do not edit.\n\n${types}`;
  return format(source, { ...(await resolveConfig(TYPES_FILE)), filepath: TYPES_FILE });
}
