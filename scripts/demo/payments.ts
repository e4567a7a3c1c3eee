import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { seededRandom } from "#node/seededRandom.ts";
import type { FeeLedger } from "../../types/ethers-contracts/FeeLedger.ts";
import type { LocalMoney } from "../deploy/localMoney.ts";
import type { ImportPlan } from "../import/planImport.ts";

const SEED = 20_251;
/** Payments of each kind, relative to the others. */
const DEMAND = { agent: 12, model: 3, dataset: 1 };

export interface PayFeesParameters {
  ledger: FeeLedger;
  money: LocalMoney;
  payers: HardhatEthersSigner[];
  plan: ImportPlan;
  /** The releases of the plan's assets. */
  releases: readonly number[];
  count: number;
  onProgress: (done: number, total: number) => void;
  signal: AbortSignal;
}

/** Pays random fees: most to agents, fewer to models, few to datasets; most of them in dollars. */
export async function payFees(parameters: PayFeesParameters): Promise<void> {
  const { ledger, money, payers, plan, releases, count, onProgress, signal } = parameters;
  const { dollar, wrapped } = money;
  const random = seededRandom(SEED);
  for (const payer of payers) {
    signal.throwIfAborted();
    await (await dollar.mint(payer, 10n ** 12n)).wait();
    await (await wrapped.connect(payer).deposit({ value: 10n ** 21n })).wait();
    for (const currency of [dollar, wrapped]) {
      await (await currency.connect(payer).approve(ledger, 2n ** 256n - 1n)).wait();
    }
  }
  const choices = plan.flatMap(({ asset }, i) => {
    const id = releases[i];
    return id === undefined ? [] : Array.from({ length: DEMAND[asset.kind] }, () => id);
  });
  for (let done = 1; done <= count; done++) {
    signal.throwIfAborted();
    const payer = random.pick(payers);
    const inDollars = random.next() < 0.8;
    const amount = inDollars ? random.between(1_000, 2_000_000) : random.between(1e13, 9e15);
    const reference = `0x${done.toString(16).padStart(64, "0")}`;
    const currency = inDollars ? dollar : wrapped;
    await (await ledger.connect(payer).pay(random.pick(choices), currency, amount, reference)).wait();
    onProgress(done, count);
  }
}
