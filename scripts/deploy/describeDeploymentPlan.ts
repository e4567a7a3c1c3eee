import { formatEther, ZeroAddress } from "ethers";
import { gweiText } from "#client/transactions/prices.ts";
import { deploymentFile } from "#node/deploymentFile.ts";
import { periodText } from "#protocol/duration.ts";
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
        : `a timelock: ${admin.proposer} schedules a call, and anyone may execute it ${periodText(admin.delay)} later`,
    ],
    ...("account" in admin ? [] : [["", `${admin.canceller} can cancel a scheduled call`] as [string, string]]),
    ["", "it can admit further currencies, and nothing else; it can never be changed"],
    [
      "commons",
      `${plan.commonsPpm / 10_000} % of all income, to ${plan.commonsBeneficiary}; neither can ever be changed`,
    ],
    ...currencies.map((each, i): [string, string] => [
      i === 0 ? "currencies" : "",
      `${each.symbol} with ${each.decimals} decimals at ${each.address}`,
    ]),
    ...(plan.testCurrencies && plan.currencies.length === 0
      ? [
          [
            "currencies",
            "tUSD, play money that anyone may mint, and tWETH, which wraps native money; both are deployed first",
          ] as [string, string],
        ]
      : []),
    [
      "native money",
      wrapped
        ? `wrapped in ${wrapped.symbol}`
        : plan.testCurrencies && wrappedNative === ZeroAddress
          ? "wrapped in tWETH"
          : "not taken: no admitted currency wraps it",
    ],
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
  return [
    title,
    ...rows.map(([name, value]) => `  ${name.padEnd(13)}${value}`),
    ...risksOf(plan).map((risk) => `Warning: ${risk}`),
  ].join("\n");
}

const A_DAY = 86_400;

/** Lists what one stolen or lost key could do, where accounts are not kept apart. */
function risksOf({ admin, commonsBeneficiary, deployer }: DeploymentPlan): string[] {
  const timelock = "account" in admin ? undefined : admin;
  return [
    timelock?.canceller === timelock?.proposer &&
      timelock &&
      `the proposer is also the canceller. Whoever steals the key of ${timelock.proposer} can schedule calls, and cancel yours. Name another account with --canceller.`,
    timelock &&
      timelock.delay < A_DAY &&
      `a scheduled call can be executed after ${periodText(timelock.delay)}. The canceller has no more time to notice it. Give a longer --delay.`,
    "account" in admin &&
      admin.account === ZeroAddress &&
      "the admin is the zero address: no further currency can ever be admitted.",
    "account" in admin &&
      admin.account === commonsBeneficiary &&
      `the admin is also the beneficiary of the commons. If its key is lost, the commons' part of all income is locked for ever; whoever steals it has both. Name another account with --commons-beneficiary.`,
    commonsBeneficiary === deployer &&
      `the beneficiary of the commons is the account that deploys. Its key is on this machine; whoever steals it has the commons' part of all income for ever. Name another account with --commons-beneficiary.`,
    timelock &&
      timelock.proposer === commonsBeneficiary &&
      commonsBeneficiary !== deployer &&
      "the proposer is also the beneficiary of the commons: one key has both powers. Name another account with --commons-beneficiary.",
  ].filter((risk): risk is string => typeof risk === "string");
}
