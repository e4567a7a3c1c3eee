import { type Address, encodeFunctionData } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import type { Currency } from "#protocol/money.ts";
import type { Chain } from "../../chain/chain.ts";
import type { CallStep, Plan, SendStep } from "../../plan/plan.ts";
import { GraphReader } from "../../settlement/readGraph.ts";
import { cut, type Due, dueAlong, gasOf } from "../../settlement/settlement.ts";
import { countText } from "./countText.ts";

export interface SettleParameters {
  releases: readonly number[];
  /** Settles all that they were built from, too. Default: false. */
  withAncestors?: boolean;
  /** Default: all that are admitted. */
  currencies?: readonly Currency[];
}

export interface SettlePlan extends Plan {
  /** The releases that each step settles, and what they pass on. */
  due: readonly { currency: Currency; releases: readonly Due[] }[];
}

/**
 * Plans to pass on what releases have received, in an order that works, in as many transactions as that takes.
 *
 * @throws {UserError} if one of the releases does not exist.
 */
export async function settle(
  chain: Chain,
  _account: Address,
  { releases, withAncestors = false, currencies }: SettleParameters,
): Promise<SettlePlan> {
  const reader = new GraphReader(chain);
  let settled = [...new Set(releases)];
  if (withAncestors) settled = await reader.withAncestors(settled);
  else await reader.readNodes(settled);
  const nodes = reader.nodesOf(settled);
  const due: { currency: Currency; releases: readonly Due[] }[] = [];
  const steps: SendStep[] = [];
  for (const currency of currencies ?? (await chain.currencies())) {
    const flows = await reader.flows(reader.withParents(settled), currency.address);
    for (const [i, part] of cut(dueAlong({ nodes, flows })).entries()) {
      due.push({ currency, releases: part });
      // A later part waits for what the one before passes on.
      steps.push({ ...settleStep(chain, part, currency), ...(i > 0 && { gasLater: gasOf(part) }) });
    }
  }
  const title = `Settle ${countText(settled.length, "release")}`;
  const ancestors = withAncestors ? [`With ${countText(settled.length - releases.length, "ancestor")}.`] : [];
  if (steps.length > 0) return { title, steps, notes: ancestors, due };
  return { title, steps, notes: [...ancestors, "Nothing is due there: all of it has been passed on already."], due };
}

/** The step that settles releases in this order, in one transaction. */
export function settleStep({ deployment }: Chain, due: readonly Due[], currency: Currency): CallStep {
  const releases = due.map(({ release }) => release);
  return {
    does: `Settle ${countText(releases.length, "release")} in ${currency.symbol}.`,
    to: deployment.ledger,
    data: encodeFunctionData({ abi: ledgerAbi, functionName: "settle", args: [releases, currency.address] }),
  };
}
