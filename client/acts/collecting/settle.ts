import { type Address, encodeFunctionData } from "viem";
import { ledgerAbi } from "#protocol/abis.ts";
import type { Currency } from "#protocol/money.ts";
import type { Chain } from "../../chain/chain.ts";
import type { CallStep, Plan, SendStep } from "../../plan/plan.ts";
import { GraphReader } from "../../settlement/readGraph.ts";
import { splitByGas, type DueRelease, computeDue, settleGas } from "../../settlement/settlement.ts";
import { countText } from "./countText.ts";

export interface SettleParameters {
  releases: readonly number[];
  /** Settles all their ancestors, too. Default: false. */
  withAncestors?: boolean;
  /** Default: all admitted currencies. */
  currencies?: readonly Currency[];
}

export interface SettlePlan extends Plan {
  /** The releases that each step settles, and the amounts that they settle. */
  due: readonly { currency: Currency; releases: readonly DueRelease[] }[];
}

/**
 * Plans to settle releases, each before those that it was built from. Plans several transactions if one would take too
 * much gas.
 *
 * @throws {UserError} if one of the releases does not exist.
 */
export async function settle(
  chain: Chain,
  _account: Address,
  { releases, withAncestors = false, currencies }: SettleParameters,
): Promise<SettlePlan> {
  const reader = new GraphReader(chain);
  let selected = [...new Set(releases)];
  if (withAncestors) selected = await reader.withAncestors(selected);
  else await reader.readNodes(selected);
  const nodes = reader.nodesOf(selected);
  const due: { currency: Currency; releases: readonly DueRelease[] }[] = [];
  const steps: SendStep[] = [];
  const all = currencies ?? (await chain.currencies());
  for (const currency of all) {
    const flows = await reader.flows(reader.withParents(selected), currency.address);
    for (const [i, part] of splitByGas(computeDue({ nodes, flows })).entries()) {
      due.push({ currency, releases: part });
      // A later part depends on the money that the part before it passes on.
      steps.push({ ...settleStep(chain, part, currency), ...(i > 0 && { gasLater: settleGas(part) }) });
    }
  }
  const title = `Settle ${countText(selected.length, "release")}`;
  const added = selected.length - new Set(releases).size;
  const ancestors = added > 0 ? [`This includes ${countText(added, "ancestor")}.`] : [];
  if (steps.length > 0) return { title, steps, notes: ancestors, due };
  return {
    title,
    steps,
    notes: [
      ...ancestors,
      `There is nothing to settle in ${all.map(({ symbol }) => symbol).join(", ")}: these releases have settled all that they received.`,
    ],
    due,
  };
}

/** Returns the step that settles releases in this order, in one transaction. */
export function settleStep({ deployment }: Chain, due: readonly DueRelease[], currency: Currency): CallStep {
  const releases = due.map(({ release }) => release);
  return {
    does: `Settle ${countText(releases.length, "release")} in ${currency.symbol}.`,
    to: deployment.ledger,
    data: encodeFunctionData({ abi: ledgerAbi, functionName: "settle", args: [releases, currency.address] }),
  };
}
