import { task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import { FEE_OPTIONS } from "../participant/commandLine.ts";
import { participantTasks, withSharedOptions } from "./participant.ts";

const text = { type: ArgumentType.STRING_WITHOUT_DEFAULT, defaultValue: undefined } as const;
/** A whole number, which the task reads itself: Hardhat refuses a wrong one without a remedy. */
const number = (defaultValue: number) => ({ type: ArgumentType.STRING, defaultValue: String(defaultValue) }) as const;

const deploy = task(
  "deploy",
  "Deploys the contracts, verifies their sources, and writes deployments/<chain id>.json. Run it again to resume",
)
  .addOption({
    name: "admin",
    description:
      "The account that may admit further currencies, such as a multisig. It can never be changed. Default: a timelock, deployed with the contracts",
    ...text,
  })
  .addOption({
    name: "proposer",
    description: "Account that may schedule calls in the timelock. Default: the deployer",
    ...text,
  })
  .addOption({
    name: "canceller",
    description:
      "Account that may cancel scheduled calls of the timelock; the proposer may not. Default: an account of the network that is not the proposer; must be named if there is none",
    ...text,
  })
  .addOption({
    name: "delay",
    description: "The least time between scheduling a call in the timelock and executing it, in seconds",
    ...number(172_800),
  })
  .addOption({
    name: "commonsBeneficiary",
    description:
      "The account whose credit the commons' part is added to. It can never be changed. Default: an account of the network that neither deploys, proposes nor is the admin; must be named if there is none",
    ...text,
  })
  .addOption({
    name: "commonsPpm",
    description: "The commons' part of all income, in parts per million, at least 1000",
    ...number(10_000),
  })
  .addOption({
    name: "currencies",
    description:
      "Addresses of the ERC-20 tokens to admit as currencies, separated by commas. Default: the network's stablecoin and wrapped token",
    ...text,
  })
  .addOption({
    name: "wrappedNative",
    description:
      "Address of the token that wraps native money; one of the currencies. Default: the network's wrapped token",
    ...text,
  })
  .addOption({
    name: "identityRegistry",
    description: "Address of the chain's ERC-8004 identity registry. Default: none",
    ...text,
  })
  .addOption({
    name: "chainId",
    description: "Refuse to deploy on any chain but this one. 0 allows any chain",
    ...number(0),
  })
  .addOption({ name: "tip", description: FEE_OPTIONS.tip.description, ...text })
  .addOption({ name: "maxFee", description: FEE_OPTIONS.maxFee.description, ...text })
  .addFlag({ name: "yes", description: "Deploy without asking for confirmation" })
  .addFlag({
    name: "reset",
    description:
      "Move the record of an earlier deployment on this chain aside and start again, such as after a development chain was restarted",
  })
  .addFlag({ name: "noVerify", description: "Do not verify the sources" })
  .setAction(() => import("./deploy.ts"))
  .build();

const importLineage = withSharedOptions(
  task("import", "Registers the assets of a lineage file, after it has shown the plan. Run it again to resume"),
  ["confirmations", "propose", "plain", "api"],
)
  .addPositionalArgument({ name: "file", description: "Lineage file; docs/lineage-files.md describes the format" })
  .addOption({
    name: "owners",
    description: "JSON file that maps organizations and assets to accounts. Not needed on a local chain",
    ...text,
  })
  .addOption({
    name: "custodian",
    description:
      "The account that holds the assets without an entry in the owners file. Default: none; such assets are refused",
    ...text,
  })
  .addOption({
    name: "matches",
    description:
      "JSON file of decisions about dependencies that are like the name of an asset: a name, an asset's id, placeholder or leave out. Answers at the terminal are written to it",
    ...text,
  })
  .addOption({
    name: "upstreamPpm",
    description: "Sum of the weights of the contributions of each release that has any, in parts per million",
    ...number(300_000),
  })
  .addOption({
    name: "kindWeights",
    description:
      "Proportions in which that sum is divided among the dependencies, such as dataset=1,model=2,agent=1. Default: equally",
    type: ArgumentType.STRING,
    defaultValue: "",
  })
  .addOption({
    name: "confirmations",
    description:
      "Confirmations of a release before another is built on it. 0 stands for the default: 1 on a local chain, else 3",
    ...number(0),
  })
  .addOption({
    name: "batchGas",
    description: "The most gas of one transaction, which registers as many assets as fit. 8000000 at most",
    ...number(8_000_000),
  })
  .setAction(() => import("./import.ts"))
  .build();

export const tasks = [deploy, importLineage, ...participantTasks];
