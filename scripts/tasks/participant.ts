import { task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NewTaskDefinitionBuilder, TaskArguments } from "hardhat/types/tasks";
import type { Command } from "../participant/command.ts";
import type { SharedOptions } from "../participant/session.ts";
import { buildContracts } from "./buildContracts.ts";
import { TOTAL_SHARES } from "#protocol/limits.ts";

/** What a participant does. The work is in `scripts/participant`, loaded once the contracts are built. */
function action<T>(name: string, load: () => Promise<Command<T>>, needsKey: (options: T) => boolean = () => true) {
  return async () => ({
    default: async (options: T & SharedOptions, hre: HardhatRuntimeEnvironment): Promise<void> => {
      await buildContracts(hre);
      const { runOnNetwork } = await import("../participant/command.ts");
      await runOnNetwork(name, await load(), options, hre, { needsKey: needsKey(options) });
    },
  });
}

/** An option that need not be given. */
const optional = <Name extends string>(name: Name, description: string) => ({
  name,
  description,
  type: ArgumentType.STRING_WITHOUT_DEFAULT as const,
  defaultValue: undefined,
});

const withDefault = <Name extends string>(name: Name, description: string, defaultValue: string) => ({
  name,
  description,
  defaultValue,
});

const number = <Name extends string>(name: Name, description: string) => ({
  name,
  description,
  type: ArgumentType.INT as const,
});

/** What every command takes that reads the chain, and every one that sends. */
function shared<T extends TaskArguments>(builder: NewTaskDefinitionBuilder<T>) {
  return builder
    .addOption(optional("deployment", "The deployment's file. Default: deployments/<chain id>.json"))
    .addOption(optional("as", "The account to act as, where the network has several. Default: its first"))
    .addFlag({ name: "yes", description: "Do it without asking" })
    .addFlag({ name: "dryRun", description: "Try it and show what it does and costs, but send nothing" })
    .addFlag({ name: "json", description: "Print one JSON object; words go to the standard error" })
    .addOption({
      name: "confirmations",
      description: "How many blocks deep a transaction must be before the command goes on",
      type: ArgumentType.INT,
      defaultValue: 1,
    });
}

const describedRelease = <T extends TaskArguments>(builder: NewTaskDefinitionBuilder<T>) =>
  builder
    .addOption(withDefault("builtFrom", "What it was built from, as release:weight, such as 12:300000,15:5%", ""))
    .addOption(withDefault("floor", "What of every fee, paid to anything built on it, must reach it, in ppm or %", "0"))
    .addFlag({ name: "byGrant", description: "Only those with a grant may build on it" })
    .addOption(withDefault("label", "Its version, as people write it, such as 3.1", ""))
    .addOption(optional("digest", "A digest of its content, 32 bytes"))
    .addOption(withDefault("uri", "Where it, or a page about it, is found", ""))
    .addOption(withDefault("grants", "Files of signed grants for what it was built from, separated by commas", ""));

const currencies = optional("currency", "Only this currency, by symbol or address. Default: all");
const currencyOrNative = optional("currency", "Which currency, by symbol or address, or native. Default: the only one");
const api = withDefault("api", "Where the indexer is served", "http://127.0.0.1:4000");

const register = shared(
  describedRelease(
    task("register", "Registers a dataset, a model or an agent, with its first release and who shares in its income")
      .addOption(optional("metadata", "A JSON file that describes it, instead of name, organization and description"))
      .addOption(optional("name", "What it is called"))
      .addOption(optional("organization", "Who stands behind it"))
      .addOption(optional("description", "What it is, in a sentence"))
      .addOption(optional("kind", "dataset, model or agent. Default: what the metadata's file says"))
      .addOption(optional("owner", "Who will administer it. Default: the account that registers it"))
      .addOption(
        optional(
          "shares",
          `Who gets how many of its ${TOTAL_SHARES} shares, and what for: 0x…:training:60000000,… Default: all the owner's`,
        ),
      )
      .addOption(withDefault("keep", "No release of it will ever keep less for its shareholders, in ppm or %", "0")),
  ),
)
  .setAction(action("register", async () => (await import("../participant/commands/register.ts")).register))
  .build();

const publish = shared(
  describedRelease(
    task("publish", "Publishes a further release of an asset").addPositionalArgument(number("asset", "The asset")),
  ),
)
  .setAction(action("publish", async () => (await import("../participant/commands/publish.ts")).publish))
  .build();

const grant = shared(
  task("grant", "Lets an account or an asset build on a release that is by grant")
    .addPositionalArgument(number("release", "The release to build on"))
    .addOption(optional("account", "The account that may build on it"))
    .addOption(optional("asset", "The asset whose releases may be built on it"))
    .addFlag({ name: "sign", description: "Sign it for one use and write it to a file, instead of recording it" })
    .addOption(withDefault("expires", "How long a signed grant serves, such as 12h or 30d", "30d"))
    .addOption(optional("file", "Where to write a signed grant. Default: grant-<release>-<number>.json")),
)
  .setAction(action("grant", async () => (await import("../participant/commands/grant.ts")).grant))
  .build();

const revoke = shared(
  task("revoke", "Takes back a grant, one that is recorded or a signed one that was not used yet")
    .addPositionalArgument(number("release", "The release that the grant is for"))
    .addOption(optional("account", "The account that was granted"))
    .addOption(optional("asset", "The asset that was granted"))
    .addOption(optional("signed", "The file of a signed grant")),
)
  .setAction(action("revoke", async () => (await import("../participant/commands/grant.ts")).revoke))
  .build();

const retire = shared(
  task("retire", "Retires a release: nothing new may be built on it. Money goes on flowing").addPositionalArgument(
    number("release", "The release"),
  ),
)
  .setAction(action("retire", async () => (await import("../participant/commands/retire.ts")).retire))
  .build();

const restore = shared(
  task("restore", "Restores a retired release: new releases may be built on it again").addPositionalArgument(
    number("release", "The release"),
  ),
)
  .setAction(action("restore", async () => (await import("../participant/commands/retire.ts")).restore))
  .build();

const pay = shared(
  task("pay", "Pays a fee into a release")
    .addPositionalArgument(number("release", "The release to pay"))
    .addPositionalArgument({ name: "amount", description: "How much, in the currency's units, such as 12.5" })
    .addOption(currencyOrNative)
    .addOption(
      optional(
        "way",
        "allowance, permit, authorization, permit2, credit, inlet or native. Default: what is approved, else a permit, else an approval first",
      ),
    )
    .addOption(optional("reference", "What ties the fee to a request: 32 bytes, or a text whose digest is taken"))
    .addOption(optional("sign", "Only sign it, and write it to this file for somebody else to submit"))
    .addOption(withDefault("expires", "How long a fee that is only signed serves, such as 1h or 7d", "1d")),
)
  .setAction(action("pay", async () => (await import("../participant/commands/pay.ts")).pay))
  .build();

const submit = shared(
  task("submit", "Pays a fee that somebody else signed, whose money it is").addPositionalArgument({
    name: "file",
    description: "The file of the signed fee",
  }),
)
  .setAction(action("submit", async () => (await import("../participant/commands/pay.ts")).submit))
  .build();

const sync = shared(
  task("sync", "Makes what was sent to a release's inlet its fees")
    .addPositionalArgument(number("release", "The release"))
    .addOption(
      optional("currency", "Only this currency, by symbol or address, or native. Default: all that lies there"),
    )
    .addOption(
      optional("recover", "Instead: send this token (or native), which is not admitted, to the asset's owner"),
    ),
)
  .setAction(action("sync", async () => (await import("../participant/commands/sync.ts")).sync))
  .build();

const settle = shared(
  task("settle", "Passes on what releases have received, to what they were built from and to their shareholders")
    .addVariadicArgument({ name: "releases", description: "The releases, in any order", defaultValue: [] })
    .addOption(optional("from", "Instead: this release and all that it was built from, as far as anything is due"))
    .addOption(currencies),
)
  .setAction(action("settle", async () => (await import("../participant/commands/settle.ts")).settle))
  .build();

const plan = shared(
  task("plan", "Tells what an account is owed, and what to settle and claim for it")
    .addOption(optional("account", "Whose. Default: the network's first account"))
    .addOption(currencies)
    .addOption(api),
)
  .setAction(
    action(
      "plan",
      async () => (await import("../participant/commands/plan.ts")).plan,
      ({ account }) => account === undefined,
    ),
  )
  .build();

const claim = shared(
  task("claim", "Pays out what was earned with shares of assets, as far as it is settled")
    .addVariadicArgument({ name: "assets", description: "The assets", defaultValue: [] })
    .addOption(currencies)
    .addOption(optional("to", "Where to. Default: the account itself"))
    .addFlag({ name: "toCredit", description: "Add it to the account's credit, for anyone's account" })
    .addOption(optional("account", "Whose earnings to add to their credit. Default: one's own")),
)
  .setAction(action("claim", async () => (await import("../participant/commands/claim.ts")).claim))
  .build();

const collect = shared(
  task("collect", "Settles and claims all that the account is owed, by the indexer's plan")
    .addOption(currencies)
    .addOption(optional("to", "Where to. Default: the account itself"))
    .addOption(api),
)
  .setAction(action("collect", async () => (await import("../participant/commands/collect.ts")).collect))
  .build();

const transferShares = shared(
  task("transfer-shares", "Hands over shares of an asset")
    .addPositionalArgument(number("asset", "The asset"))
    .addPositionalArgument({ name: "shares", description: `How many of its ${TOTAL_SHARES}` })
    .addPositionalArgument({ name: "to", description: "To whom" }),
)
  .setAction(
    action("transfer-shares", async () => (await import("../participant/commands/transferShares.ts")).transferShares),
  )
  .build();

const deposit = shared(
  task("deposit", "Turns tokens or native money into credit in the ledger")
    .addPositionalArgument({ name: "amount", description: "How much, in the currency's units, such as 12.5" })
    .addOption(currencyOrNative)
    .addOption(optional("account", "Whose credit. Default: one's own")),
)
  .setAction(action("deposit", async () => (await import("../participant/commands/deposit.ts")).deposit))
  .build();

const withdraw = shared(
  task("withdraw", "Takes credit out of the ledger, as tokens or native money")
    .addPositionalArgument({ name: "amount", description: "How much, in the currency's units, such as 12.5, or all" })
    .addOption(currencyOrNative)
    .addOption(optional("to", "Where to. Default: the account itself")),
)
  .setAction(action("withdraw", async () => (await import("../participant/commands/withdraw.ts")).withdraw))
  .build();

const status = shared(
  task("status", "Tells how the deployment stands, or a release, an asset or an account")
    .addOption(optional("release", "A release"))
    .addOption(optional("asset", "An asset"))
    .addOption(optional("account", "An account")),
)
  .setAction(
    action(
      "status",
      async () => (await import("../participant/commands/status.ts")).status,
      () => false,
    ),
  )
  .build();

const keeper = shared(
  task("keeper", "Settles releases and syncs inlets, when what moves is worth more than the gas")
    .addOption(
      withDefault(
        "price",
        "Native money for a whole unit of a currency, such as tUSD=0.0004,… Others are left alone",
        "",
      ),
    )
    .addOption(withDefault("margin", "How many times the gas what moves must be worth", "2"))
    .addFlag({ name: "once", description: "Look once, and end" })
    .addOption(withDefault("every", "How often to look, such as 30s or 10m", "1m"))
    .addOption(
      withDefault("inlets", "Which releases' inlets to look at: all, none, or ranges such as 1-500,712", "all"),
    )
    .addOption(api),
)
  .setAction(action("keeper", async () => (await import("../keeper/keeper.ts")).keeper))
  .build();

export const participantTasks = [
  register,
  publish,
  grant,
  revoke,
  retire,
  restore,
  pay,
  submit,
  sync,
  settle,
  plan,
  claim,
  collect,
  transferShares,
  deposit,
  withdraw,
  status,
  keeper,
];
