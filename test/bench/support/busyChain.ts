import { fork } from "node:child_process";
import { join } from "node:path";
import { Interface, JsonRpcProvider, ZeroAddress, zeroPadValue, toBeHex } from "ethers";
import registryArtifact from "../../../artifacts/contracts/AssetRegistry.sol/AssetRegistry.json" with { type: "json" };
import ledgerArtifact from "../../../artifacts/contracts/FeeLedger.sol/FeeLedger.json" with { type: "json" };
import currencyArtifact from "../../../artifacts/contracts/doubles/TestCurrency.sol/TestCurrency.json" with { type: "json" };
import type { JournalSource } from "../../../indexer/journal.ts";
import { seededRandom } from "#node/seededRandom.ts";

const registry = new Interface(registryArtifact.abi);
const ledger = new Interface(ledgerArtifact.abi);
const currency = new Interface(currencyArtifact.abi);

/** The gas limit of a transaction: enough for every batch, and below the limit of a block. */
const GAS = toBeHex(45_000_000);
/** The size of a transaction, which is alone in its block. */
const BATCHES = {
  dense: { releases: 40, calls: 120 },
  sparse: { releases: 1, calls: 1 },
};
export type Density = keyof typeof BATCHES;
const PROGRESS_EVERY = 10_000;
const PEOPLE = 10;
const DEPOSIT = 10n ** 15n;

export interface BusyChain {
  url: string;
  source: JournalSource;
  /** The number of events of the two contracts, up to the newest block. */
  events: number;
  head: bigint;
  /** Pays this many fees in one new block, and returns its number. */
  pay: (count: number) => Promise<bigint>;
  /** Returns the processor time that the node has used so far. */
  nodeCpuMs: () => Promise<number>;
  close: () => void;
}

/**
 * Starts a local chain in its own process, with at least `leastEvents` events of all kinds: people register, publish,
 * pay, settle, claim and sell shares. A dense chain has about 110 events a block, a sparse one about 6.
 */
export async function startBusyChain(
  leastEvents: number,
  onProgress: (events: number) => void,
  density: Density = "dense",
): Promise<BusyChain> {
  const node = fork(join(import.meta.dirname, "nodeProcess.ts"), { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const url = await new Promise<string>((resolve, reject) => {
    node.once("message", resolve);
    node.once("exit", (exitCode) => reject(new Error(`The node ended with ${exitCode}.`)));
  });
  const provider = new JsonRpcProvider(url, undefined, { batchMaxCount: 1, cacheTimeout: -1 });
  const people: string[] = (await provider.send("eth_accounts", [])).slice(0, PEOPLE);
  const [admin = ZeroAddress] = people;
  const random = seededRandom(7);
  const size = BATCHES[density];
  let reported = 0;
  /** The number of logs of each contract. */
  const logsOf = new Map<string, number>();
  const countEvents = () =>
    (logsOf.get(registryAddress.toLowerCase()) ?? 0) + (logsOf.get(ledgerAddress.toLowerCase()) ?? 0);

  const dollar = await deploy(currencyArtifact.bytecode + currency.encodeDeploy(["Dollar", "USD", 6]).slice(2));
  const creationArguments = registry.encodeDeploy([admin, 10_000, admin, ZeroAddress, [dollar], ZeroAddress]);
  const registryAddress = await deploy(registryArtifact.bytecode + creationArguments.slice(2));
  const [ledgerAddress] = registry.decodeFunctionResult(
    "ledger",
    await provider.call({ to: registryAddress, data: registry.encodeFunctionData("ledger") }),
  );
  const startBlock = BigInt(await provider.getBlockNumber());
  for (const person of people) {
    await send(person, dollar, currency.encodeFunctionData("mint", [person, 4n * DEPOSIT]));
    await send(person, dollar, currency.encodeFunctionData("approve", [ledgerAddress, 3n * DEPOSIT]));
    await send(person, ledgerAddress, ledger.encodeFunctionData("deposit", [dollar, DEPOSIT, person]));
  }

  /** For each release: its asset, the asset's owner, and the releases that it was built from. */
  const releases: { owner: string; asset: number; parents: number[] }[] = [];
  const anyRelease = () => 1 + Math.floor(releases.length * random.next() ** 2);
  while (countEvents() < leastEvents) {
    for (const person of people) {
      const grows = releases.length < leastEvents / 25;
      if (grows)
        await batch(
          person,
          registryAddress,
          registry,
          Array.from({ length: size.releases }, () => newRelease(person)),
        );
      for (let i = 0; i < 2; i++) {
        const calls: string[] = [];
        while (calls.length < size.calls) calls.push(...dealings(person));
        await batch(person, ledgerAddress, ledger, calls);
      }
    }
    if (countEvents() < reported + PROGRESS_EVERY) continue;
    reported = countEvents();
    onProgress(reported);
  }
  return {
    url,
    events: countEvents(),
    head: BigInt(await provider.getBlockNumber()),
    source: { chainId: 31_337, registry: registryAddress as `0x${string}`, ledger: ledgerAddress, startBlock },
    pay: async (count) => {
      const calls = Array.from({ length: count }, () => payFromCredit());
      return batch(admin, ledgerAddress, ledger, calls);
    },
    nodeCpuMs: () =>
      new Promise((resolve) => {
        node.once("message", resolve);
        node.send("");
      }),
    close: () => {
      provider.destroy();
      node.disconnect();
    },
  };

  function newRelease(owner: string): string {
    const id = releases.length + 1;
    const parents = [...new Set(Array.from({ length: Math.min(releases.length, random.between(0, 4)) }, anyRelease))];
    parents.sort((a, b) => a - b);
    const contributions = parents.map((release) => ({ release, weight: random.between(10_000, 200_000) }));
    const draft = { contributions, floor: 0, byGrant: false, label: "1.0", digest: zeroPadValue("0x01", 32), uri: "" };
    const earlier = releases.find((release) => release.owner === owner && random.next() < 0.3);
    releases.push({ owner, asset: earlier?.asset ?? id, parents });
    if (earlier) return registry.encodeFunctionData("publish", [earlier.asset, draft]);
    const metadata = JSON.stringify({
      name: `Asset ${id}`,
      organization: `Organization ${id % 50}`,
      description: "d".repeat(100),
    });
    const allocations = [
      { account: owner, role: 4, shares: 60_000_000 },
      { account: people[id % PEOPLE] ?? owner, role: 0, shares: 40_000_000 },
    ];
    return registry.encodeFunctionData("register", [owner, { kind: id % 3, keep: 0, metadata, allocations }, draft]);
  }

  function payFromCredit(release = anyRelease()): string {
    const amount = random.between(1_000, 1_000_000);
    const reference = zeroPadValue(toBeHex(random.between(1, 2 ** 31)), 32);
    return ledger.encodeFunctionData("payFromCredit", [release, dollar, amount, reference]);
  }

  /** Makes calls: a few fees into one release, its settlement, and now and then a claim or a sale of shares. */
  function dealings(person: string): string[] {
    const release = anyRelease();
    const { parents = [] } = releases[release - 1] ?? {};
    const calls = Array.from({ length: 4 }, () => payFromCredit(release));
    calls.push(ledger.encodeFunctionData("settle", [[release, ...parents.toReversed()], dollar]));
    const own = releases.find(({ owner }) => owner === person && random.next() < 0.1);
    if (own) {
      calls.push(ledger.encodeFunctionData("claim", [[own.asset], dollar, person]));
      const to = random.pick(people.filter((other) => other !== person));
      calls.push(ledger.encodeFunctionData("safeTransferFrom", [person, to, own.asset, 100, "0x"]));
    }
    return calls;
  }

  async function batch(from: string, to: string, contract: Interface, calls: string[]): Promise<bigint> {
    const receipt = await send(from, to, contract.encodeFunctionData("multicall", [calls]));
    return BigInt(receipt.blockNumber);
  }

  async function deploy(data: string): Promise<string> {
    const { contractAddress } = await send(admin, undefined, data);
    if (!contractAddress) throw new Error("The contract was not deployed.");
    return contractAddress;
  }

  /** Sends a transaction. The node mines it at once. */
  async function send(from: string, to: string | undefined, data: string): Promise<Receipt> {
    const hash = await provider.send("eth_sendTransaction", [{ from, to, data, gas: GAS }]);
    const receipt: Receipt | null = await provider.send("eth_getTransactionReceipt", [hash]);
    if (receipt?.status !== "0x1") throw new Error(`Transaction ${hash} was not mined or failed.`);
    for (const { address } of receipt.logs) logsOf.set(address, (logsOf.get(address) ?? 0) + 1);
    return receipt;
  }
}

interface Receipt {
  status: string;
  blockNumber: string;
  contractAddress: string | null;
  logs: { address: string }[];
}
