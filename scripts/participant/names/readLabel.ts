import { getAbiItem, isAddressEqual, numberToHex, parseEventLogs, toEventSelector } from "viem";
import type { Chain } from "#client/chain/chain.ts";
import { searchLogs } from "#client/chain/searchLogs.ts";
import { registryAbi } from "#protocol/abis.ts";

const eventName = "ReleasePublished";
const TOPIC = toEventSelector(getAbiItem({ abi: registryAbi, name: eventName }));
const MOST_MILLISECONDS = 3_000;

/** Reads the label of a release from the event that published it; undefined if it cannot be read quickly. */
export async function readLabel(
  { client, deployment: { registry } }: Chain,
  release: number,
  startBlock: number,
): Promise<string | undefined> {
  const logs = await searchLogs(client, {
    address: registry,
    topics: [TOPIC, numberToHex(release, { size: 32 })],
    fromBlock: BigInt(startBlock),
    signal: AbortSignal.timeout(MOST_MILLISECONDS),
    enough: () => true,
  }).catch(() => []);
  const own = logs.filter(({ address }) => isAddressEqual(address, registry));
  const events = parseEventLogs({ abi: registryAbi, eventName, logs: own });
  return events.find(({ args }) => args.release === release)?.args.label;
}
