import type { Address } from "viem";
import { z } from "zod";
import { everyPage } from "#client/api/createClient.ts";
import { parseAddress } from "#protocol/address.ts";
import { type Kind, KINDS } from "#protocol/kinds.ts";
import { MAX_ID } from "#protocol/limits.ts";
import { declaredNames } from "#protocol/texts/declaredNames.ts";
import { plainText } from "#protocol/texts/plainText.ts";
import { UserError } from "#protocol/userError.ts";
import { readRegistry } from "../../import/readRegistry.ts";
import { connectApi, readAnswer } from "../api.ts";
import type { Session } from "../session.ts";

/** An asset that can be found by its name. */
export interface CatalogAsset {
  asset: number;
  kind: Kind;
  name: string;
  organization: string | undefined;
  owner: Address;
  /** Its newest release. */
  release: number;
  /** The block in which it was registered; undefined if an indexer did not say. */
  block?: number;
  /** The name that it was registered with, if it is another. */
  formerName?: string | undefined;
}

/** Reads all assets that have a name, by id: from the chain's logs, or from the indexer that `--api` names. */
export async function readCatalog(session: Session): Promise<CatalogAsset[]> {
  const { api } = session.options;
  return api === undefined ? readLogs(session) : readApi(session, api);
}

async function readLogs({ chain, deployment: { startBlock }, signal }: Session): Promise<CatalogAsset[]> {
  const assets = await readRegistry({ chain, startBlock, signal, atOnce: true });
  return [...assets.values()].flatMap(
    ({ id, kind, shown: { name, organization }, owner, block, metadata, releases }) => {
      const release = releases.at(-1)?.id;
      if (name === undefined || release === undefined) return [];
      const first = declaredNames(metadata ?? "").name;
      const formerName = first === name ? undefined : (first ?? "none");
      return [
        { asset: id, kind, name, organization, owner: parseAddress(owner, "The owner"), release, block, formerName },
      ];
    },
  );
}

const id = z.int().min(1).max(MAX_ID);
/** An answer of a server is anything, until it is checked. */
const Summary = z.object({
  id,
  kind: z.enum(KINDS),
  name: z.string().nullable(),
  organization: z.string().nullable(),
  owner: z.string().regex(/^0x[0-9a-fA-F]{40}$/),
  releases: z.array(id).min(1),
});

const LARGEST_PAGE = 500;

async function readApi(session: Session, api: string): Promise<CatalogAsset[]> {
  const client = await connectApi(session, { api });
  const count = await session.chain.ledger.read.releaseCount();
  const catalog: CatalogAsset[] = [];
  let last = 0;
  const pages = everyPage((after) =>
    readAnswer(session, { api }, () => client.GET("/v1/assets", { params: { query: { limit: LARGEST_PAGE, after } } })),
  );
  for await (const item of pages) {
    const { data: asset } = Summary.safeParse(item);
    // Ascending ids also end a list that never ends.
    if (!asset || asset.id <= last || asset.id > count) {
      throw new UserError(
        `The server at ${api} does not list the assets as an indexer does. Name another with --api, or leave it out to read the chain's logs.`,
      );
    }
    last = asset.id;
    const [name, organization] = [plainText(asset.name ?? ""), plainText(asset.organization ?? "")];
    if (name === "") continue;
    catalog.push({
      asset: asset.id,
      kind: asset.kind,
      name,
      organization: organization || undefined,
      owner: parseAddress(asset.owner.toLowerCase(), "The owner"),
      release: Math.max(...asset.releases),
    });
  }
  return catalog;
}
