import { formatEther, ZeroAddress } from "ethers";
import { gweiText } from "#client/transactions/prices.ts";
import { deploymentFile } from "#node/deploymentFile.ts";
import type { DeploymentCost, DeploymentPlan } from "./planDeployment.ts";

/** Describes a deployment and its cost for a person at a terminal, before anything is sent. */
export function describeDeploymentPlan(plan: DeploymentPlan, cost: DeploymentCost): string {
  const { admin, network, currencies, wrappedNative } = plan;
  const symbol = network?.nativeSymbol ?? "of native money";
  const wrapped = currencies.find(({ address }) => address === wrappedNative);
  const rows: [string, string][] = [
    ["from", `${plan.deployer}, which has ${formatEther(cost.balance)} ${symbol}`],
    [
      "admin",
      "account" in admin
        ? admin.account
        : `a timelock: ${admin.proposer} schedules a call, and anyone may execute it ${durationText(admin.delay)} later`,
    ],
    ["", "it can admit further currencies, and nothing else"],
    ["commons", `${plan.commonsPpm / 10_000} % of all income, to ${plan.commonsBeneficiary ?? "the admin"}`],
    ...currencies.map((each, i): [string, string] => [
      i === 0 ? "currencies" : "",
      `${each.symbol} with ${each.decimals} decimals at ${each.address}`,
    ]),
    ["native money", wrapped ? `wrapped in ${wrapped.symbol}` : "not taken: no admitted currency wraps it"],
    ...(plan.identityRegistry === ZeroAddress ? [] : [["ERC-8004", plan.identityRegistry] as [string, string]]),
    [
      "gas",
      `about ${cost.gas.toLocaleString("en")} at ${gweiText(cost.price.now)}: ${formatEther(cost.costWei)} ${symbol}${cost.rollupFees ? ", with the L1 data fee and the operator fee" : ""}`,
    ],
    ["", `at most ${formatEther(cost.mostWei)} ${symbol}, at ${gweiText(cost.price.most)}`],
    ...(cost.price.notes ?? []).map((note): [string, string] => ["", note]),
    ["written to", deploymentFile(plan.chainId)],
  ];
  const title = `Tributary on ${network?.title ?? "a chain that is not among the networks"}, chain ${plan.chainId}`;
  return [title, ...rows.map(([name, value]) => `  ${name.padEnd(13)}${value}`)].join("\n");
}

function durationText(seconds: number): string {
  for (const [unit, length] of [
    ["days", 86_400],
    ["hours", 3_600],
    ["minutes", 60],
  ] as const) {
    if (seconds >= 2 * length && seconds % length === 0) return `${seconds / length} ${unit}`;
  }
  return `${seconds} seconds`;
}
