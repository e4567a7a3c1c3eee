import { queryOptions } from "@tanstack/react-query";
import { type Address, encodeFunctionData, erc20Abi } from "viem";
import { UserError } from "#protocol/userError.ts";
import { inletsAbi } from "#protocol/abis.ts";
import { exactText, type Unit } from "#protocol/money.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import type { Plan } from "../../wallet/plan.ts";
import { told } from "../preview.ts";

/** Money in an inlet that is no fee yet. */
interface Lying {
  amount: bigint;
  unit: Unit;
  /** Undefined: native money. */
  currency: Address | undefined;
}

/** A release's inlet, and what lies there. */
async function readInlet({ client, deployment, network }: OnChain, inlets: Address, release: number) {
  const inlet = await client.readContract({
    address: inlets,
    abi: inletsAbi,
    functionName: "inletOf",
    args: [release],
  });
  const tokens = deployment.currencies.map(async (unit): Promise<Lying> => {
    const asked = { address: unit.address, abi: erc20Abi, functionName: "balanceOf", args: [inlet] } as const;
    return { amount: await client.readContract(asked), unit, currency: unit.address };
  });
  // Where native money cannot become a fee, it is not looked for.
  const native = deployment.wrapped
    ? [
        client
          .getBalance({ address: inlet })
          .then((amount): Lying => ({ amount, unit: network.native, currency: undefined })),
      ]
    : [];
  const lies = await Promise.all([...tokens, ...native]);
  return { inlet, lies: lies.filter(({ amount }) => amount > 0n) };
}

export const inletOf = (on: OnChain, inlets: Address, release: number) =>
  queryOptions({
    queryKey: ["inlet", release],
    structuralSharing: false,
    retry: 1,
    queryFn: () => told(readInlet(on, inlets, release)),
  });

/** Makes all that lies in an inlet fees. */
export async function syncPlan(on: OnChain, inlets: Address, release: number): Promise<Plan> {
  const { lies } = await readInlet(on, inlets, release);
  const { wrapped } = on.deployment;
  const native = lies.find(({ currency }) => currency === undefined);
  // The wrapped token that lies there goes along with the native money, in one fee.
  const beside = native && lies.find(({ currency }) => currency === wrapped?.address);
  if (lies.length === 0) throw new UserError("Nothing lies in the inlet now: whatever did has become a fee already.");
  return {
    title: `Make what lies in the inlet of release ${release} its fees`,
    notes: ["Anybody may: it costs you gas and brings you nothing but what you earn of the fee."],
    steps: lies
      .filter((each) => each !== beside)
      .map(({ amount, unit, currency }) => ({
        does:
          currency === undefined
            ? `Make ${exactText(amount, unit)}${beside ? ` and ${exactText(beside.amount, beside.unit)}` : ""} a fee of release ${release}, as ${wrapped?.symbol}.`
            : `Make ${exactText(amount, unit)} a fee of release ${release}.`,
        to: inlets,
        data:
          currency === undefined
            ? encodeFunctionData({ abi: inletsAbi, functionName: "syncNative", args: [release] })
            : encodeFunctionData({ abi: inletsAbi, functionName: "sync", args: [release, currency] }),
      })),
  };
}
