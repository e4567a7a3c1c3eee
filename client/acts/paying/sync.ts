import { type Address, encodeFunctionData } from "viem";
import { inletsAbi } from "#protocol/abis.ts";
import { type Currency, exactText, type Unit } from "#protocol/money.ts";
import type { Chain } from "../../chain/chain.ts";
import type { CallStep, Plan } from "../../plan/plan.ts";
import { requireRelease } from "../owning/requireOwner.ts";
import { type InletBalance, readInlet } from "./readInlet.ts";

export interface SyncParameters {
  release: number;
  /** Only this currency, or native money. Default: all that lies there. */
  only?: Currency | "native" | undefined;
}

export interface SyncPlan extends Plan {
  inlet: Address;
}

/**
 * Plans to make what lies in a release's inlet its fees.
 *
 * @throws {UserError} if there is no such release, or native money is asked for where the ledger does not take it.
 */
export async function sync(chain: Chain, _account: Address, { release, only }: SyncParameters): Promise<SyncPlan> {
  await requireRelease(chain, release);
  const wrapped = only === "native" ? await chain.requireWrapped() : await chain.wrapped();
  const { inlet, balances } = await readInlet(chain, release);
  const native = balances.find(({ currency }) => currency === undefined);
  const syncsNative = native && (only === undefined || only === "native");
  // The wrapped token that lies there goes along with the native money, in one fee.
  const beside = balances.find(({ currency }) => currency && currency.address === wrapped?.address);
  const steps: CallStep[] = [];
  if (syncsNative && wrapped) steps.push(syncNativeStep(chain, release, { native, beside, wrapped }));
  for (const { currency, amount } of balances) {
    if (!currency || only === "native" || (only && only.address !== currency.address)) continue;
    if (syncsNative && currency === beside?.currency) continue;
    steps.push(syncStep(chain, release, { currency, amount }));
  }
  const title = `Make what lies in the inlet of release ${release} its fees`;
  if (steps.length === 0) {
    const notes = [`Nothing lies in the inlet now: whatever was sent to ${inlet} has become a fee already.`];
    return { title, steps, notes, inlet };
  }
  const notes = ["Anybody may: it costs you gas and brings you nothing but what you earn of the fee."];
  return { title, steps, notes, inlet };
}

/** The step that makes a currency in a release's inlet its fee. */
export const syncStep = (
  { inlets }: Chain,
  release: number,
  { currency, amount }: { currency: Currency; amount: bigint },
): CallStep => ({
  does: `Make ${exactText(amount, currency)} a fee of release ${release}.`,
  to: inlets.address,
  data: encodeFunctionData({ abi: inletsAbi, functionName: "sync", args: [release, currency.address] }),
});

interface NativeInlet {
  native: Pick<InletBalance, "amount">;
  /** The wrapped token that lies there, too. */
  beside: { amount: bigint; unit: Unit } | undefined;
  wrapped: Currency;
}

/** The step that makes native money in a release's inlet its fee, and the wrapped token beside it. */
export const syncNativeStep = (
  { inlets, native: unit }: Chain,
  release: number,
  { native, beside, wrapped }: NativeInlet,
): CallStep => ({
  does: `Make ${exactText(native.amount, unit)}${beside ? ` and ${exactText(beside.amount, beside.unit)}` : ""} a fee of release ${release}, as ${wrapped.symbol}.`,
  to: inlets.address,
  data: encodeFunctionData({ abi: inletsAbi, functionName: "syncNative", args: [release] }),
});
