import { type Address, encodeFunctionData } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import { MAX_ID, WHOLE_PPM } from "#protocol/limits.ts";
import { type Currency, exactText } from "#protocol/money.ts";
import { UserError } from "#protocol/userError.ts";
import type { Chain } from "../../chain/chain.ts";
import type { Plan, SendStep } from "../../plan/plan.ts";
import { countText } from "../collecting/countText.ts";

export interface SweepParameters {
  /** Default: all assets. */
  assets?: readonly number[];
  /** Default: all admitted currencies. */
  currencies?: readonly Currency[];
}

export interface Swept {
  currency: Currency;
  amount: bigint;
  /** In descending order of what is swept for them. */
  assets: readonly number[];
}

export interface SweepPlan extends Plan {
  beneficiary: Address;
  swept: readonly Swept[];
}

/** The most releases that are looked through for assets. */
const MOST_RELEASES = 5_000;
/** Assets are read at once in groups of this size. */
const GROUP = 50;
/** The most assets of one transaction: each takes some 12,000 gas. */
const MOST_IN_CALL = 500;

/**
 * Plans to add the commons' part of the income of assets to the credit of its beneficiary. Anyone may do this.
 *
 * @throws {UserError} if one of the assets does not exist, or there are too many to look through.
 */
export async function sweep(
  chain: Chain,
  _account: Address,
  { assets, currencies }: SweepParameters,
): Promise<SweepPlan> {
  const { ledger } = chain;
  const [beneficiary, ppm, all] = await Promise.all([
    ledger.read.commonsBeneficiary(),
    ledger.read.commonsPpm(),
    chain.currencies(),
  ]);
  const ids = assets && assets.length > 0 ? await requireAssets(chain, assets) : await allAssets(chain);
  const swept: Swept[] = [];
  const steps: SendStep[] = [];
  for (const currency of currencies ?? all) {
    const due = await eachOf(ids, async (asset) => {
      const [income, done] = await ledger.read.incomeOf([asset, currency.address]);
      return { asset, amount: (income * BigInt(ppm)) / BigInt(WHOLE_PPM) - done };
    });
    const worth = due.filter(({ amount }) => amount > 0n).toSorted((a, b) => (a.amount < b.amount ? 1 : -1));
    const sum = worth.reduce((total, { amount }) => total + amount, 0n);
    if (worth.length > 0) swept.push({ currency, amount: sum, assets: worth.map(({ asset }) => asset) });
    for (let at = 0; at < worth.length; at += MOST_IN_CALL) {
      const part = worth.slice(at, at + MOST_IN_CALL);
      const amount = part.reduce((total, each) => total + each.amount, 0n);
      steps.push({
        does: `Add ${exactText(amount, currency)}, the commons' part of the income of ${countText(part.length, "asset")}, to the credit of its beneficiary ${beneficiary}.`,
        to: chain.deployment.ledger,
        data: encodeFunctionData({
          abi: ledgerAbi,
          functionName: "sweepCommons",
          args: [part.map(({ asset }) => asset), currency.address],
        }),
      });
    }
  }
  return {
    title: "Sweep the commons' part of income",
    steps,
    notes:
      steps.length === 0
        ? ["Nothing can be swept. Only settled income counts: settle releases first, if they have something to settle."]
        : [`Only the beneficiary can withdraw it then.`],
    beneficiary,
    swept,
  };
}

async function requireAssets({ ledger }: Chain, ids: readonly number[]): Promise<number[]> {
  const unique = [...new Set(ids)];
  await eachOf(unique, async (id) => {
    const isId = Number.isInteger(id) && id > 0 && id <= MAX_ID;
    if (isId && (await ledger.read.assetOf([id])) === id) return;
    throw new UserError(`There is no asset ${id}. Check the id: an asset has the id of its first release.`);
  });
  return unique;
}

async function allAssets({ ledger }: Chain): Promise<number[]> {
  const count = await ledger.read.releaseCount();
  if (count > MOST_RELEASES) {
    throw new UserError(
      `The ledger has ${count} releases, which are too many to look through one by one. Name the assets whose commons' part to sweep.`,
    );
  }
  const releases = Array.from({ length: count }, (_, i) => i + 1);
  const assets = await eachOf(releases, async (release) => ledger.read.assetOf([release]));
  return releases.filter((release, i) => assets[i] === release);
}

async function eachOf<T, R>(items: readonly T[], read: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += GROUP) {
    results.push(...(await Promise.all(items.slice(at, at + GROUP).map(read))));
  }
  return results;
}
