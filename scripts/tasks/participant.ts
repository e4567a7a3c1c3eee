import { task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NewTaskDefinitionBuilder } from "hardhat/types/tasks";
import type { Command } from "../participant/command.ts";
import {
  type Argument,
  type CommandName,
  COMMANDS,
  type Option,
  type OptionsOf,
  sharedOptions,
  sharedOptionsOf,
  type SharedOptions,
} from "../participant/commandLine.ts";
import { buildContracts } from "./buildContracts.ts";

/** Loads the code of a command when it runs. */
const load: { [Name in CommandName]: () => Promise<Command<OptionsOf<Name>>> } = {
  find: async () => (await import("../participant/commands/find.ts")).find,
  register: async () => (await import("../participant/commands/register.ts")).register,
  publish: async () => (await import("../participant/commands/publish.ts")).publish,
  grant: async () => (await import("../participant/commands/owning/grant.ts")).grant,
  revoke: async () => (await import("../participant/commands/owning/grant.ts")).revoke,
  retire: async () => (await import("../participant/commands/owning/retire.ts")).retire,
  restore: async () => (await import("../participant/commands/owning/retire.ts")).restore,
  "set-metadata": async () => (await import("../participant/commands/owning/setMetadata.ts")).setMetadata,
  "bind-identity": async () => (await import("../participant/commands/owning/bindIdentity.ts")).bindIdentity,
  "transfer-asset": async () => (await import("../participant/commands/owning/transferAsset.ts")).transferAsset,
  pay: async () => (await import("../participant/commands/pay.ts")).pay,
  submit: async () => (await import("../participant/commands/pay.ts")).submit,
  faucet: async () => (await import("../participant/commands/faucet.ts")).faucet,
  sync: async () => (await import("../participant/commands/sync.ts")).sync,
  settle: async () => (await import("../participant/commands/settle.ts")).settle,
  plan: async () => (await import("../participant/commands/plan.ts")).plan,
  claim: async () => (await import("../participant/commands/claim.ts")).claim,
  collect: async () => (await import("../participant/commands/collect.ts")).collect,
  "transfer-shares": async () => (await import("../participant/commands/owning/transferShares.ts")).transferShares,
  deposit: async () => (await import("../participant/commands/deposit.ts")).deposit,
  withdraw: async () => (await import("../participant/commands/withdraw.ts")).withdraw,
  proposals: async () => (await import("../participant/commands/governing/proposals.ts")).proposals,
  propose: async () => (await import("../participant/commands/governing/propose.ts")).propose,
  cancel: async () => (await import("../participant/commands/governing/endOperation.ts")).cancel,
  execute: async () => (await import("../participant/commands/governing/endOperation.ts")).execute,
  admit: async () => (await import("../participant/commands/governing/admit.ts")).admit,
  sweep: async () => (await import("../participant/commands/governing/commons.ts")).sweep,
  "withdraw-commons": async () => (await import("../participant/commands/governing/commons.ts")).withdrawCommons,
  status: async () => (await import("../participant/commands/status.ts")).status,
  outlet: async () => (await import("../participant/commands/outlet.ts")).outlet,
  pass: async () => (await import("../participant/commands/pass.ts")).pass,
  keeper: async () => (await import("../keeper/keeper.ts")).keeper,
};

/** Returns true if a command needs the network's key. Default: true. */
const needsKey: { [Name in CommandName]?: (options: OptionsOf<Name>) => boolean } = {
  plan: ({ account }) => account === undefined,
  proposals: () => false,
  find: () => false,
  status: () => false,
  outlet: () => false,
};

const NO_OPTIONS = {
  as: undefined,
  yes: false,
  dryRun: false,
  propose: undefined,
  plain: false,
  confirmations: 1,
  tip: undefined,
  maxFee: undefined,
  api: undefined,
} satisfies Partial<SharedOptions>;

/** A command that names its account, and signs nothing, does not need the key of that account. */
const isUnsigned = ({ as, dryRun, propose }: SharedOptions) => as !== undefined && (dryRun || propose !== undefined);

function participantTask<Name extends CommandName>(name: Name) {
  const { description, arguments: positional = {}, options = {} }: DeclarationOf = COMMANDS[name];
  let builder: NewTaskDefinitionBuilder = task(name, description);
  for (const [argument, declared] of Object.entries(positional)) builder = addArgument(builder, argument, declared);
  for (const [option, declared] of Object.entries({ ...sharedOptionsOf(name), ...options })) {
    builder = addOption(builder, option, declared);
  }
  const run = async (values: object, hre: HardhatRuntimeEnvironment): Promise<void> => {
    // Hardhat has parsed them as they are declared; the defaults are for options that the command does not have.
    const parsed = { ...NO_OPTIONS, ...values } as OptionsOf<Name> & SharedOptions;
    await buildContracts(hre);
    const { runOnNetwork } = await import("../participant/command.ts");
    const { readNumbers } = await import("../participant/readNumbers.ts");
    const { resolveNames } = await import("../participant/names/resolveNames.ts");
    const command = await load[name]();
    const withIds: Command<OptionsOf<Name>> = async (session, given) =>
      command(session, await resolveNames(session, name, given));
    await runOnNetwork(name, withIds, parsed, hre, {
      parse: (given) => readNumbers(name, given),
      needsKey: needsKey[name]?.(parsed) ?? !isUnsigned(parsed),
    });
  };
  return builder.setAction(async () => ({ default: run })).build();
}

/** Adds the options that all commands share, except those that the task declares itself. */
export function withSharedOptions(
  builder: NewTaskDefinitionBuilder,
  except: readonly (keyof SharedOptions)[],
): NewTaskDefinitionBuilder {
  let extended = builder;
  for (const [option, declared] of Object.entries(sharedOptions)) {
    if (!except.some((each) => each === option)) extended = addOption(extended, option, declared);
  }
  return extended;
}

interface DeclarationOf {
  description: string;
  arguments?: Record<string, Argument>;
  options?: Record<string, Option>;
}

function addArgument(builder: NewTaskDefinitionBuilder, name: string, { kind, description }: Argument) {
  switch (kind) {
    case "text":
    case "release": // read by the command, which names the remedy
    case "asset":
      return builder.addPositionalArgument({ name, description });
    case "releases":
    case "assets":
      return builder.addVariadicArgument({ name, description, defaultValue: [] });
  }
}

function addOption(builder: NewTaskDefinitionBuilder, name: string, option: Option) {
  const { kind, description } = option;
  switch (kind) {
    case "optional":
    case "optionalRelease":
    case "optionalAsset":
    case "optionalAssets":
      return builder.addOption({
        name,
        description,
        type: ArgumentType.STRING_WITHOUT_DEFAULT,
        defaultValue: undefined,
      });
    case "textWithDefault":
    case "contributions":
      return builder.addOption({ name, description, defaultValue: option.defaultValue });
    case "numberWithDefault":
      return builder.addOption({ name, description, defaultValue: String(option.defaultValue) });
    case "flag":
      return builder.addFlag({ name, description });
  }
}

// The names of an object's own keys.
export const participantTasks = (Object.keys(COMMANDS) as CommandName[]).map((name) => participantTask(name));
