import { type Hex, stringToHex } from "viem";
import type { TributaryClient } from "#client/api/createClient.ts";
import { readNames } from "#client/names/readNames.ts";
import { connectApi } from "../api.ts";
import type { Session } from "../session.ts";

interface Ids {
  releases?: readonly number[];
  assets?: readonly number[];
  /** Most time. Default: 3 s. */
  milliseconds?: number;
}

const clients = new WeakMap<Session, Promise<TributaryClient>>();

/**
 * Reads the names of releases and assets, for the texts of a command: from the chain's logs, or from the indexer that
 * `--api` names, if it answers. What cannot be read quickly keeps its id alone.
 */
export async function nameIds(session: Session, ids: Ids): Promise<void> {
  const { chain, deployment, options } = session;
  const { api } = options;
  const metadataOf =
    api === undefined
      ? undefined
      : async (asset: number, signal: AbortSignal) => {
          const client = clients.get(session) ?? connectApi(session, { api });
          clients.set(session, client);
          return metadataIn(await client, asset, signal);
        };
  await readNames(chain, { ...ids, startBlock: deployment.startBlock, metadataOf });
}

/** Returns the bytes of an asset's metadata, as an indexer has them. They are compared with the registry's digest. */
async function metadataIn(client: TributaryClient, asset: number, signal: AbortSignal): Promise<Hex | undefined> {
  const { data } = await client.GET("/v1/assets/{asset}", { params: { path: { asset } }, signal });
  const { metadata, metadataBytes }: Partial<NonNullable<typeof data>["data"]> = data?.data ?? {};
  if (typeof metadataBytes === "string") return metadataBytes as Hex;
  return typeof metadata === "string" ? stringToHex(metadata) : undefined;
}
