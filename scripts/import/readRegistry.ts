import { setTimeout as sleep } from "node:timers/promises";
import { type Hex, hexToBytes, numberToHex, toEventSelector } from "viem";
import type { Chain } from "#client/chain/chain.ts";
import { toUserError } from "#client/errors/refusal.ts";
import { registryAbi } from "#protocol/abis.ts";
import { eventDecoders } from "#protocol/eventDecoders.ts";
import { type Kind, KINDS } from "#protocol/kinds.ts";
import { type DeclaredNames, declaredNames } from "#protocol/texts/declaredNames.ts";
import { textOfBytes } from "#protocol/texts/wellFormed.ts";
import { UserError } from "#protocol/userError.ts";

/** An asset as the registry's events tell. */
export interface RegisteredAsset {
  id: number;
  kind: Kind;
  /** The account that registered it, in lower case. */
  registrant: string;
  /** The account that owns it now, in lower case. */
  owner: string;
  /** The metadata that it was registered with; undefined if they are not text. */
  metadata: string | undefined;
  /** The name in its newest metadata; undefined if they have none. */
  name: string | undefined;
  /** The names in its newest metadata, as they are shown. */
  shown: DeclaredNames;
  /** The block in which it was registered. */
  block: number;
  /** Its releases in ascending order. */
  releases: { id: number; label: string; block: number }[];
}

export interface ReadRegistryParameters {
  chain: Chain;
  /** The block in which the registry was deployed. */
  startBlock: number;
  signal?: AbortSignal | undefined;
  /** Asks for all blocks at once first, as many nodes allow for so few contracts. Default: false. */
  atOnce?: boolean;
}

const LARGEST_RANGE = 10_000;
const ATTEMPTS = 5;
const PAUSE_MS = 1_000;

/**
 * Reads all assets of a registry from its events, by id.
 *
 * @throws {UserError} if the node leaves out events. An endpoint that is behind does so without an error; an import that
 *   trusted it would register its own assets again.
 */
export async function readRegistry(parameters: ReadRegistryParameters): Promise<Map<number, RegisteredAsset>> {
  const { chain, signal } = parameters;
  for (let attempt = 1; ; attempt++) {
    const head = await chain.client.getBlockNumber({ cacheTime: 0 });
    const expected = await chain.ledger.read.releaseCount({ blockNumber: head });
    const assets = new Map<number, RegisteredAsset>();
    let releases = 0;
    for await (const log of registryLogs(parameters, Number(head))) releases += applyLog(assets, log);
    if (BigInt(releases) === BigInt(expected)) return assets;
    if (attempt === ATTEMPTS) {
      throw new UserError(
        `The node returned the events of ${releases} releases, but the ledger has ${expected} at block ${head}. Without all of them the import could register an asset twice. Use another node, one that keeps all events since block ${parameters.startBlock}.`,
      );
    }
    await sleep(PAUSE_MS, undefined, { signal });
  }
}

const decoders = eventDecoders(registryAbi);
const TOPICS = registryAbi
  .filter((item) => item.type === "event")
  .filter(({ name }) => ["AssetRegistered", "ReleasePublished", "MetadataChanged", "Transfer"].includes(name))
  .map((event) => toEventSelector(event));

interface Log {
  topics: Hex[];
  data: Hex;
  blockNumber: Hex;
}

/** Requests logs in ranges of blocks: shorter ones after a refusal, because providers limit the answer. */
async function* registryLogs(
  { chain: { client, deployment }, startBlock, signal, atOnce = false }: ReadRegistryParameters,
  head: number,
): AsyncGenerator<Log> {
  let size = atOnce ? Math.max(LARGEST_RANGE, head - startBlock + 1) : LARGEST_RANGE;
  let refusals = 0;
  for (let from = startBlock; from <= head;) {
    signal?.throwIfAborted();
    const to = Math.min(head, from + size - 1);
    let logs: Log[];
    try {
      logs = (await client.request({
        method: "eth_getLogs",
        params: [
          {
            address: deployment.registry,
            topics: [TOPICS],
            fromBlock: numberToHex(from),
            toBlock: numberToHex(to),
          },
        ],
      })) as Log[];
    } catch (error) {
      // An endpoint that is behind refuses a block that it does not have yet.
      if (size === 1 && ++refusals > ATTEMPTS) throw toUserError(error);
      if (size === 1) await sleep(PAUSE_MS, undefined, { signal });
      size = size > LARGEST_RANGE ? LARGEST_RANGE : Math.max(1, Math.floor(size / 4));
      continue;
    }
    yield* logs;
    from = to + 1;
    refusals = 0;
    size = Math.min(Math.max(LARGEST_RANGE, size), size * 2);
  }
}

/** Applies an event, and returns the number of releases that it published. */
function applyLog(assets: Map<number, RegisteredAsset>, log: Log): number {
  const [topic] = log.topics;
  const event = topic && decoders.get(topic)?.(log);
  if (!event) return 0;
  const { args } = event;
  switch (event.eventName) {
    case "AssetRegistered": {
      const id = Number(args.asset);
      const metadata = textOf(args.metadata);
      const registrant = String(args.registrant).toLowerCase();
      const kind = KINDS[Number(args.kind)] ?? "dataset";
      assets.set(id, {
        id,
        kind,
        registrant,
        owner: registrant,
        metadata,
        name: nameIn(args.metadata),
        shown: shownIn(args.metadata),
        block: Number(log.blockNumber),
        releases: [],
      });
      return 0;
    }
    case "ReleasePublished": {
      const release = { id: Number(args.release), label: String(args.label), block: Number(log.blockNumber) };
      assets.get(Number(args.asset))?.releases.push(release);
      return 1;
    }
    case "MetadataChanged": {
      const asset = assets.get(Number(args.asset));
      if (asset) Object.assign(asset, { name: nameIn(args.metadata), shown: shownIn(args.metadata) });
      return 0;
    }
    case "Transfer": {
      const asset = assets.get(Number(args.tokenId));
      if (asset) asset.owner = String(args.to).toLowerCase();
    }
  }
  return 0;
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function textOf(bytes: unknown): string | undefined {
  try {
    return utf8.decode(hexToBytes(bytes as Hex));
  } catch {
    return undefined; // metadata of somebody else, which are not text
  }
}

const shownIn = (bytes: unknown): DeclaredNames => declaredNames(textOfBytes(bytes as Hex));

/** Returns the name in metadata, which the index reads in the same way, as it was written. */
function nameIn(bytes: unknown): string | undefined {
  try {
    const content: unknown = JSON.parse(textOfBytes(bytes as Hex));
    const { name } = content as { name?: unknown };
    return typeof name === "string" && name.trim() !== "" ? name.trim() : undefined;
  } catch {
    return undefined;
  }
}
