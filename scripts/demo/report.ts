import pc from "picocolors";
import { type Address, formatUnits } from "viem";
import { effectiveWeights, strongestPath } from "../../indexer/graph/lineage/effectiveWeights.ts";
import { finish } from "../../indexer/scheduling/walk.ts";
import { traceAllFees, traceFee } from "../../indexer/graph/fees/traceFee.ts";
import type { LedgerState } from "../../indexer/ledger/state.ts";
import type { Asset, Fee } from "../../indexer/ledger/records.ts";

const MOST_ROWS = 8;

/** Returns a short report on a ledger's content for the terminal. */
export function reportOn(state: LedgerState, currency: Address): string {
  const agent = mostPaidAgent(state, currency);
  if (!agent) return "No agent was paid.";
  return [sizeOf(state), "", topAncestors(state, agent, currency), "", feeTrace(state, agent, currency)].join("\n");
}

const money = (state: LedgerState, amount: bigint, currency: Address) => {
  const { decimals, symbol } = state.currencies.get(currency) ?? { decimals: 0, symbol: currency };
  const [whole, fraction = ""] = formatUnits(amount, decimals).split(".");
  return `${whole}.${fraction.padEnd(decimals, "0")} ${symbol}`;
};
const nameOf = (state: LedgerState, asset: number) => state.assets.get(asset)?.name ?? `asset ${asset}`;
const releaseName = (state: LedgerState, id: number) => nameOf(state, state.releases.get(id)?.asset ?? 0);

function sizeOf(state: LedgerState): string {
  const kinds = { dataset: 0, model: 0, agent: 0 };
  for (const { kind } of state.assets.values()) kinds[kind]++;
  const payments = [...state.currencies.keys()].map((currency) => {
    const fees = [...state.fees].filter((fee) => fee.currency === currency);
    return `${fees.length} fees, together ${money(
      state,
      fees.reduce((sum, { amount }) => sum + amount, 0n),
      currency,
    )}`;
  });
  return [
    pc.bold("The graph"),
    `  ${kinds.dataset} datasets, ${kinds.model} models and ${kinds.agent} agents, ${state.releases.size} releases, ${state.releases.edgeCount} contributions between them`,
    `  ${payments.join(" and ")}`,
  ].join("\n");
}

function mostPaidAgent(state: LedgerState, currency: Address): Asset | undefined {
  const receipts = new Map<number, bigint>();
  for (const fee of state.fees) {
    const asset = state.releases.get(fee.release)?.asset ?? 0;
    if (fee.currency !== currency || state.assets.get(asset)?.kind !== "agent") continue;
    receipts.set(asset, (receipts.get(asset) ?? 0n) + fee.amount);
  }
  const [most] = [...receipts].sort(([, a], [, b]) => (b > a ? 1 : -1));
  return most && state.assets.get(most[0]);
}

function topAncestors(state: LedgerState, agent: Asset, currency: Address): string {
  const earners = new Map<number, { kept: bigint; release: number }>();
  let total = 0n;
  let fees = 0;
  for (const { fee, trace } of traceAllFees(state, currency)) {
    if (state.releases.get(fee.release)?.asset !== agent.id) continue;
    total += fee.amount;
    fees++;
    for (const { asset, release, kept } of trace.hops) {
      if (asset === agent.id || kept === 0n) continue;
      earners.set(asset, { kept: (earners.get(asset)?.kept ?? 0n) + kept, release });
    }
  }
  const weights = finish(effectiveWeights(state, agent.releases.at(-1) ?? 0));
  const lines = [...earners]
    .sort(([, a], [, b]) => (b.kept > a.kept ? 1 : -1))
    .slice(0, MOST_ROWS)
    .map(([asset, { kept, release }]) => {
      const path = strongestPath(weights, release);
      const via = path?.releases.map((id) => releaseName(state, id)).join(pc.dim(" → ")) ?? "";
      return `  ${money(state, kept, currency).padStart(22)}  ${pc.bold(nameOf(state, asset))}\n${" ".repeat(26)}${pc.dim("mostly via")} ${via}`;
    });
  return [
    pc.bold(`The ancestors of ${nameOf(state, agent.id)}, the most paid agent`),
    `  It received ${money(state, total, currency)} in ${fees} fees and has ${weights.release.length - 1} ancestors. Their assets that keep most of it:`,
    ...lines,
  ].join("\n");
}

function feeTrace(state: LedgerState, agent: Asset, currency: Address): string {
  const fees = [...state.fees].filter(
    (fee) => fee.currency === currency && state.releases.get(fee.release)?.asset === agent.id,
  );
  const fee = fees.at(-1) as Fee;
  const { assets, hops, pending } = finish(traceFee(state, fee));
  const [own, ...others] = [...assets].sort((a, b) => Number(b.asset === agent.id) - Number(a.asset === agent.id));
  const rows = [own, ...others]
    .slice(0, MOST_ROWS)
    .flatMap((due) => (due ? [`  ${String(due.kept).padStart(14)}  ${nameOf(state, due.asset)}`] : []));
  const rest = [own, ...others].slice(MOST_ROWS).reduce((sum, due) => sum + (due?.kept ?? 0n), 0n);
  if (rest > 0n) rows.push(`  ${String(rest).padStart(14)}  ${assets.length - MOST_ROWS} more assets`);
  const commons = assets.reduce((sum, due) => sum + due.commons, 0n);
  const sum = assets.reduce((total, { kept }) => total + kept, pending);
  return [
    pc.bold(`Trace of fee ${fee.id}: ${money(state, fee.amount, currency)} into ${nameOf(state, agent.id)}`),
    `  It reached ${hops.length} releases. Kept by each asset, in base units:`,
    ...rows,
    `  ${String(pending).padStart(14)}  not passed on yet: fractions of a base unit, which later fees complete`,
    `  ${String(sum).padStart(14)}  = the whole fee; ${commons} of it goes to the commons`,
  ].join("\n");
}
