import { type Address, encodeFunctionData } from "viem";
import { inletsAbi } from "#protocol/abis.ts";
import { type Currency, exactText, type Unit } from "#protocol/money.ts";
import type { Chain } from "../../chain/chain.ts";
import type { CallStep, Plan } from "../../plan/plan.ts";
import { assetLists, readRecipient } from "../collecting/readRecipient.ts";
import { requireRelease } from "../owning/requireOwner.ts";
import { type InletBalance, readInlet } from "./readInlet.ts";

export interface SyncParameters {
  release: number;
  /** Only this currency, or native money. Default: all money in the inlet. */
  only?: Currency | "native" | undefined;
  /** Assets that the inlet holds or held shares of: what they earned becomes a fee, too. Default: none. */
  assets?: readonly number[] | undefined;
  /** Assets by currency, in place of `assets`: those that are worth a claim in it. */
  assetsIn?: ((currency: Currency) => readonly number[]) | undefined;
}

export interface SyncPlan extends Plan {
  inlet: Address;
}

/**
 * Plans to turn the money in a release's inlet into fees of the release.
 *
 * @throws {UserError} if there is no such release, or if native money is named and the ledger does not accept it.
 */
export async function sync(
  chain: Chain,
  _account: Address,
  { release, only, assets = [], assetsIn = () => assets }: SyncParameters,
): Promise<SyncPlan> {
  await requireRelease(chain, release);
  const wrapped = only === "native" ? await chain.requireWrappedNative() : await chain.wrappedNative();
  const { inlet, balances } = await readInlet(chain, release);
  const native = balances.find(({ currency }) => currency === undefined);
  const syncsNative = native && (only === undefined || only === "native");
  // Syncing native money includes the wrapped token in the inlet, in one fee.
  const beside = balances.find(({ currency }) => currency && currency.address === wrapped?.address);
  const steps: CallStep[] = [];
  if (syncsNative && wrapped) steps.push(syncNativeStep(chain, release, { native, beside, wrapped }));
  for (const { currency, amount } of balances) {
    if (!currency || only === "native" || (only && only.address !== currency.address)) continue;
    if (syncsNative && currency === beside?.currency) continue;
    steps.push(syncStep(chain, release, { currency, amount }));
  }
  if (only !== "native" && chain.deployment.periphery.outlets) {
    for (const { currency, steps: own } of await collectSteps(chain, release, { inlet, assetsIn, only })) {
      // Collecting includes what lies in the inlet in that currency.
      const synced = steps.findIndex(({ data }) => data === syncData(release, currency.address));
      if (synced >= 0) steps.splice(synced, 1);
      steps.push(...own);
    }
  }
  const title = `Turn the money in the inlet of ${chain.names.release(release)} into fees`;
  if (steps.length === 0) {
    const within = only === undefined ? "" : ` in ${only === "native" ? chain.native.symbol : only.symbol}`;
    const notes = [`There is nothing in the inlet ${inlet} that can become a fee now${within}.`];
    return { title, steps, notes, inlet };
  }
  const notes = ["Anyone may do this. You pay the gas and get no reward."];
  return { title, steps, notes, inlet };
}

interface Collecting {
  inlet: Address;
  assetsIn: (currency: Currency) => readonly number[];
  only: Currency | undefined;
}

/**
 * Returns the steps that turn what an inlet earned, and its credit, into fees, for each currency. The inlets of a
 * deployment without outlets are older and cannot do it.
 */
async function collectSteps(chain: Chain, release: number, { inlet, assetsIn, only }: Collecting) {
  const currencies = only ? [only] : await chain.currencies();
  const money = await Promise.all(
    currencies.map((currency) => readRecipient(chain, inlet, assetsIn(currency), currency)),
  );
  return money
    .filter(({ credit, claimable }) => credit + claimable > 0n)
    .map(({ currency, credit, claimable, balance, assets: paying }) => ({
      currency,
      steps: assetLists(paying).map((list, i) =>
        collectStep(chain, release, {
          assets: list,
          currency,
          amount: i === 0 ? credit + claimable + balance : undefined,
        }),
      ),
    }));
}

interface CollectStepParameters {
  assets: readonly number[];
  currency: Currency;
  /** Base units that become a fee; undefined for a further list of assets. */
  amount: bigint | undefined;
}

/** Returns the step that turns what an inlet earned with these assets, its credit and what lies there into a fee. */
export const collectStep = (
  { inlets, names }: Chain,
  release: number,
  { assets, currency, amount }: CollectStepParameters,
): CallStep => ({
  does:
    amount === undefined
      ? `Turn what the inlet earned with further assets into a fee of ${names.release(release)}.`
      : `Turn what the inlet earned and holds, ${exactText(amount, currency)}, into a fee of ${names.release(release)}.`,
  to: inlets.address,
  data: encodeFunctionData({
    abi: inletsAbi,
    functionName: "collect",
    args: [release, assets, currency.address],
  }),
});

const syncData = (release: number, currency: Address) =>
  encodeFunctionData({ abi: inletsAbi, functionName: "sync", args: [release, currency] });

/** Returns the step that turns one currency in a release's inlet into a fee. */
export const syncStep = (
  { inlets, names }: Chain,
  release: number,
  { currency, amount }: { currency: Currency; amount: bigint },
): CallStep => ({
  does: `Turn ${exactText(amount, currency)} into a fee of ${names.release(release)}.`,
  to: inlets.address,
  data: syncData(release, currency.address),
});

interface NativeInlet {
  native: Pick<InletBalance, "amount">;
  /** The wrapped token that the inlet holds, too. */
  beside: { amount: bigint; unit: Unit } | undefined;
  wrapped: Currency;
}

/** Returns the step that turns native money in a release's inlet into a fee, with the wrapped token beside it. */
export const syncNativeStep = (
  { inlets, names, native: unit }: Chain,
  release: number,
  { native, beside, wrapped }: NativeInlet,
): CallStep => ({
  does: `Turn ${exactText(native.amount, unit)}${beside ? ` and ${exactText(beside.amount, beside.unit)}` : ""} into a fee of ${names.release(release)}, as ${wrapped.symbol}.`,
  to: inlets.address,
  data: encodeFunctionData({ abi: inletsAbi, functionName: "syncNative", args: [release] }),
});
