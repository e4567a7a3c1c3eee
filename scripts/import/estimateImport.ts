import { type Address, encodeFunctionData } from "viem";
import type { Chain } from "#client/chain/chain.ts";
import { orRefusal } from "#client/errors/refusal.ts";
import { costOf, readGasPrice } from "#client/transactions/cost.ts";
import { registryAbi } from "#protocol/abis.ts";
import { DEFAULT_IN_FLIGHT, nonceVoids } from "./importLineage.ts";
import type { ImportTask, ImportWork } from "./importWork.ts";
import type { ImportPlan } from "./planImport.ts";

export interface ImportEstimate {
  transactions: number;
  /** The number of empty transactions among them: see `voidNonces`. */
  empty: number;
  batchGas: number;
  gas: bigint;
  /** Cost at the current gas price, and at the highest that is offered, in wei. With the fees of a rollup beside the gas. */
  costWei: bigint;
  mostWei: bigint;
  seconds: number;
}

export interface EstimateImportParameters {
  chain: Chain;
  account: Address;
  plan: ImportPlan;
  work: ImportWork;
  batchGas: number;
  confirmations: number;
}

const TRANSACTION_GAS = 21_000;
const SAMPLE = 20;

/**
 * Estimates the gas, the cost and the time of an import. The first calls are simulated; the gas of the others, which build
 * on them, is computed by the formula, corrected by the ratio that the simulation shows.
 *
 * @throws {Refusal} if the contracts would refuse one of the first calls.
 */
export async function estimateImport(parameters: EstimateImportParameters): Promise<ImportEstimate> {
  const { chain, account, plan, work, batchGas, confirmations } = parameters;
  const price = await readGasPrice(chain.client, chain.prices);
  const { tasks, releases, encode } = work;
  const planned = tasks.reduce((sum, task) => sum + task.gas, 0);
  const sample = tasks.filter(({ needs }) => needs.every((entry) => releases[entry] !== undefined)).slice(0, SAMPLE);
  let [ratio, rollupFees] = [1, 0n];
  if (sample.length > 0) {
    const to = chain.deployment.registry;
    const data = encodeFunctionData({ abi: registryAbi, functionName: "multicall", args: [sample.map(encode)] });
    const gas = await orRefusal(chain.client.estimateGas({ account, to, data }));
    ratio = Math.max(0.5, (Number(gas) - TRANSACTION_GAS) / sample.reduce((sum, task) => sum + task.gas, 0));
    const { costWei } = await costOf(chain.client, { to, data }, gas, price);
    rollupFees = ((costWei - gas * price.now) * BigInt(tasks.length)) / BigInt(sample.length);
  }
  const { transactions: batches, rounds } = batchesOf(plan, tasks, batchGas / ratio);
  const voids = nonceVoids(tasks.length);
  const transactions = batches + voids;
  const gas = BigInt(Math.ceil(planned * ratio + transactions * TRANSACTION_GAS));
  return {
    transactions,
    empty: voids,
    batchGas,
    gas,
    costWei: gas * price.now + rollupFees,
    mostWei: gas * price.most + rollupFees,
    seconds: Math.ceil((rounds + Math.sign(voids)) * confirmations * (await secondsPerBlock(chain))),
  };
}

/** Counts the transactions, and the rounds in which they are sent: a level waits until the one before is confirmed. */
function batchesOf(plan: ImportPlan, tasks: readonly ImportTask[], batchGas: number) {
  const gasOfLevel = new Map<number, number>();
  for (const { entry, gas, does } of tasks) {
    const level = does === "handOver" ? Infinity : (plan[entry]?.level ?? 0);
    gasOfLevel.set(level, (gasOfLevel.get(level) ?? 0) + gas);
  }
  const batches = [...gasOfLevel.values()].map((gas) => Math.ceil(gas / batchGas));
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  return { transactions: sum(batches), rounds: sum(batches.map((count) => Math.ceil(count / DEFAULT_IN_FLIGHT))) };
}

const BLOCKS = 50n;

async function secondsPerBlock({ client }: Chain): Promise<number> {
  const newest = await client.getBlock();
  const blocks = newest.number < BLOCKS ? newest.number : BLOCKS;
  if (blocks === 0n) return 1;
  const older = await client.getBlock({ blockNumber: newest.number - blocks });
  return Number(newest.timestamp - older.timestamp) / Number(blocks);
}
