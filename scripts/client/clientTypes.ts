import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";
import { format, resolveConfig } from "prettier";
import { zeroAddress } from "viem";
import { createServer } from "../../indexer/api/createServer.ts";
import { HealthRecord } from "../../indexer/live/healthRecord.ts";

export const TYPES_FILE = join(import.meta.dirname, "../../client/api/openapi.ts");

/** Returns the OpenAPI document of a service as text. It differs between services only by the chains that they serve. */
async function openApiDocument(): Promise<string> {
  const server = await createServer({
    source: { chainId: 1, registry: zeroAddress, ledger: zeroAddress, startBlock: 0n },
    health: new HealthRecord(),
    view: () => undefined,
    viewAt: () => Promise.reject(new RangeError("There is no block.")),
    onBlock: () => () => {},
  });
  const { body } = await server.inject("/openapi.json");
  await server.close();
  return body;
}

/** Returns the source of the client's types, generated from the OpenAPI document. */
export async function clientTypes(): Promise<string> {
  // The client requests JSON only, so the CSV answers are left out.
  const document: unknown = JSON.parse(await openApiDocument(), (key, value: unknown) =>
    key === "text/csv" ? undefined : value,
  );
  const types = astToString(await openapiTS(JSON.stringify(document)));
  const source = `// Made by \`npm run client\` from the OpenAPI document. Do not edit.\n\n${types}`;
  return format(source, { ...(await resolveConfig(TYPES_FILE)), filepath: TYPES_FILE });
}
