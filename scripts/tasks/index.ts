import { task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import { participantTasks } from "./participant.ts";

const text = { type: ArgumentType.STRING_WITHOUT_DEFAULT, defaultValue: undefined } as const;

const deploy = task(
  "deploy",
  "Deploys the contracts, verifies their sources, and writes deployments/<chain id>.json; run again to resume",
)
  .addOption({
    name: "admin",
    description: "Who may admit further currencies, for ever: a multisig. Default: a timelock that is deployed with it",
    ...text,
  })
  .addOption({ name: "proposer", description: "Who may propose to the timelock. Default: the deployer", ...text })
  .addOption({
    name: "delay",
    description: "How long a proposal waits in the timelock, in seconds",
    type: ArgumentType.INT,
    defaultValue: 172_800,
  })
  .addOption({
    name: "commonsBeneficiary",
    description: "Whose credit the commons' part is added to, for ever. Default: the admin",
    ...text,
  })
  .addOption({
    name: "commonsPpm",
    description: "The commons' part of all income, in parts per million",
    type: ArgumentType.INT,
    defaultValue: 10_000,
  })
  .addOption({
    name: "currencies",
    description: "ERC-20 tokens to admit, separated by commas. Default: the network's stablecoin and wrapped token",
    ...text,
  })
  .addOption({
    name: "wrappedNative",
    description: "The token that native money is wrapped in, one of the currencies. Default: the network's",
    ...text,
  })
  .addOption({
    name: "identityRegistry",
    description: "The chain's ERC-8004 identity registry. Default: none",
    ...text,
  })
  .addOption({
    name: "chainId",
    description: "Refuse any other chain than this one",
    type: ArgumentType.INT,
    defaultValue: 0,
  })
  .addFlag({ name: "yes", description: "Do not ask before anything is sent" })
  .addFlag({ name: "noVerify", description: "Leave the sources unverified" })
  .setAction(() => import("./deploy.ts"))
  .build();

const importLineage = task("import", "Registers the assets of a lineage file; run again to resume")
  .addPositionalArgument({ name: "file", description: "The lineage file (docs/lineage-files.md)" })
  .addOption({
    name: "deployment",
    description: "The deployment's file. Default: deployments/<chain id>.json",
    type: ArgumentType.STRING_WITHOUT_DEFAULT,
    defaultValue: undefined,
  })
  .addOption({
    name: "owners",
    description: "A JSON file that maps organizations and assets to accounts. Not needed on a local chain",
    type: ArgumentType.STRING_WITHOUT_DEFAULT,
    defaultValue: undefined,
  })
  .addOption({
    name: "custodian",
    description: "Who holds the assets that no owner is mapped for. Without it they are refused",
    type: ArgumentType.STRING_WITHOUT_DEFAULT,
    defaultValue: undefined,
  })
  .addOption({
    name: "upstreamPpm",
    description: "What a release with dependencies passes on to them altogether, in parts per million",
    type: ArgumentType.INT,
    defaultValue: 300_000,
  })
  .addOption({
    name: "kindWeights",
    description: "How that is divided, such as dataset=1,model=2,agent=1. Default: equally",
    type: ArgumentType.STRING,
    defaultValue: "",
  })
  .addOption({
    name: "confirmations",
    description: "How deep a release must be before another is built on it. Default: 1 on a local chain, else 3",
    type: ArgumentType.INT,
    defaultValue: 0,
  })
  .setAction(() => import("./import.ts"))
  .build();

export const tasks = [deploy, importLineage, ...participantTasks];
