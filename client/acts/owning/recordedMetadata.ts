import { encodeEventTopics, type Hex, numberToHex, parseEventLogs, sha256 } from "viem";
import { registryAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import { type MinedLog, searchLogs } from "../../chain/searchLogs.ts";

const EVENTS: ("AssetRegistered" | "MetadataChanged")[] = ["AssetRegistered", "MetadataChanged"];

/**
 * Reads the metadata of an asset as it is recorded now, from the chain's logs: the contracts store only their digest.
 *
 * @param fromBlock The block in which the registry was deployed, or a later one before the asset was registered.
 * @throws {UserError} if the node does not return them.
 */
export async function readRecordedMetadata(chain: Chain, asset: number, fromBlock: bigint): Promise<Hex> {
  const { client, deployment, registry } = chain;
  const digest = await registry.read.metadataDigest([asset]);
  const recordedIn = (logs: readonly MinedLog[]) =>
    parseEventLogs({ abi: registryAbi, eventName: EVENTS, logs: [...logs] })
      .map(({ args }) => args.metadata)
      .find((metadata) => sha256(metadata) === digest);
  const topics = EVENTS.map((eventName) => encodeEventTopics({ abi: registryAbi, eventName })[0]);
  const what = `the metadata of asset ${asset}`;
  const logs = await searchLogs(client, {
    address: deployment.registry,
    topics: [topics, numberToHex(asset, { size: 32 })],
    fromBlock,
    what,
    enough: (found) => recordedIn(found) !== undefined,
  });
  const metadata = recordedIn(logs);
  if (metadata !== undefined) return metadata;
  throw new UserError(`The node does not return ${what}, whose SHA-256 is ${digest}. Use another node.`);
}
