import { type AbiEvent, encodeAbiParameters, encodeEventTopics, type Hex, keccak256, toHex } from "viem";
import { followedAbis } from "../../../indexer/books/contracts.ts";
import type { JournalBlock, JournalLog, JournalSource } from "../../../indexer/journal.ts";
import { seededRandom } from "#node/seededRandom.ts";

const address = (n: number): Hex => `0x${n.toString(16).padStart(40, "a")}`;

export const SAMPLE_SOURCE: JournalSource = {
  chainId: 31_337,
  registry: address(1),
  ledger: address(2),
  startBlock: 1n,
};

/** Returns a log as the contracts would emit it, from arguments by name. */
export function encodeLog(contract: string, eventName: string, args: Record<string, unknown>) {
  const event = followedAbis[contract]?.find(
    (item): item is AbiEvent => item.type === "event" && item.name === eventName,
  );
  if (!event) throw new Error(`${contract} has no event ${eventName}.`);
  const plain = event.inputs.filter(({ indexed }) => !indexed);
  return {
    contract,
    topics: encodeEventTopics({ abi: [event], args }) as Hex[], // no argument is left out or given as a list
    data: encodeAbiParameters(
      plain,
      plain.map(({ name }) => args[name ?? ""]),
    ),
  };
}

export const sampleBlock = (number: number, fork = ""): JournalBlock => ({
  number: BigInt(number),
  hash: keccak256(toHex(`${fork}${number}`)),
  timestamp: 1_700_000_000 + 12 * number,
});

/**
 * Creates blocks of an artificial economy. Each event is well-formed, but the events need not be consistent. Their mix is
 * that of a ledger in use: half of them fees, then settlements, share transfers, claims, and few new releases.
 */
export function sampleBlocks(from: number, count: number, logsPerBlock: number, fork = "") {
  const random = seededRandom(from + count * 1_000 + fork.length);
  const account = () => address(random.between(10, 400));
  const currency = () => address(random.between(3, 4));
  const release = () => random.between(1, 1_000);
  const amount = () => BigInt(random.between(1, 1e12));
  const releases = () => Array.from({ length: random.between(1, 4) }, release);
  const digest = () => keccak256(toHex(random.between(1, 1e12)));
  const makers: [share: number, make: () => ReturnType<typeof encodeLog>][] = [
    [
      50,
      () =>
        encodeLog("ledger", "FeePaid", {
          release: release(),
          currency: currency(),
          payer: account(),
          amount: amount(),
          ref: digest(),
          source: account(),
        }),
    ],
    [14, () => encodeLog("ledger", "Settled", { currency: currency(), releases: releases() })],
    [
      12,
      () =>
        encodeLog("ledger", "TransferSingle", {
          operator: account(),
          from: account(),
          to: account(),
          id: BigInt(release()),
          value: amount(),
        }),
    ],
    [
      10,
      () =>
        encodeLog("ledger", "Claimed", {
          account: account(),
          currency: currency(),
          to: account(),
          amount: amount(),
          assets: releases(),
        }),
    ],
    [
      4,
      () =>
        encodeLog("ledger", "Deposited", {
          account: account(),
          currency: currency(),
          from: account(),
          amount: amount(),
        }),
    ],
    [
      4,
      () =>
        encodeLog("registry", "ReleasePublished", {
          release: release(),
          asset: release(),
          edges: releases()
            .toSorted((a, b) => a - b)
            .filter((id, i, all) => id !== all[i - 1])
            .map((id) => (BigInt(id) << 24n) | 1_000n),
          floor: 0,
          byGrant: false,
          label: "v1.0",
          digest: digest(),
          uri: "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",
        }),
    ],
    [
      3,
      () =>
        encodeLog("registry", "AssetRegistered", {
          asset: release(),
          registrant: account(),
          kind: 1,
          keep: 0,
          metadata: toHex(JSON.stringify({ name: "Model", organization: "Acme", description: "x".repeat(200) })),
        }),
    ],
    [3, () => encodeLog("registry", "Transfer", { from: account(), to: account(), tokenId: BigInt(release()) })],
  ];
  const pick = () => {
    let left = random.between(1, 100);
    const [, make] = makers.find(([share]) => (left -= share) <= 0) ?? makers[0]!;
    return make();
  };

  const blocks: JournalBlock[] = [];
  const logs: JournalLog[] = [];
  for (let number = from; number < from + count; number++) {
    blocks.push(sampleBlock(number, fork));
    for (let logIndex = 0; logIndex < logsPerBlock; logIndex++) {
      logs.push({ ...pick(), blockNumber: BigInt(number), logIndex, transactionHash: digest() });
    }
  }
  return { blocks, logs };
}
