// Declares the arguments and options of each command once. Hardhat's tasks and the commands' types are both derived from
// these declarations. This file imports nothing heavy, because Hardhat reads it at every start.
import { ROLES } from "#protocol/kinds.ts";

const text = (description: string) => ({ kind: "text", description }) as const;
/** The id of a release. At a terminal also the name of its asset, for the newest release. */
const release = (description: string) => ({ kind: "release", description }) as const;
/** The id of an asset, at a terminal also its name. */
const asset = (description: string) => ({ kind: "asset", description }) as const;
const releases = (description: string) => ({ kind: "releases", description }) as const;
const assets = (description: string) => ({ kind: "assets", description }) as const;
/** An option that may be left out. */
const optional = (description: string) => ({ kind: "optional", description }) as const;
const optionalRelease = (description: string) => ({ kind: "optionalRelease", description }) as const;
const optionalAsset = (description: string) => ({ kind: "optionalAsset", description }) as const;
/** Assets separated by commas. */
const optionalAssets = (description: string) => ({ kind: "optionalAssets", description }) as const;
/** Releases with their weights. */
const contributions = (description: string, defaultValue: string) =>
  ({ kind: "contributions", description, defaultValue }) as const;
const withDefault = (description: string, defaultValue: string) =>
  ({ kind: "textWithDefault", description, defaultValue }) as const;
const numberWithDefault = (description: string, defaultValue: number) =>
  ({ kind: "numberWithDefault", description, defaultValue }) as const;
const flag = (description: string) => ({ kind: "flag", description }) as const;

export type Argument = ReturnType<typeof text | typeof release | typeof asset | typeof releases | typeof assets>;
export type Option = ReturnType<
  | typeof optional
  | typeof optionalRelease
  | typeof optionalAsset
  | typeof optionalAssets
  | typeof contributions
  | typeof withDefault
  | typeof numberWithDefault
  | typeof flag
>;

interface Declaration {
  description: string;
  /** Arguments by position. */
  arguments?: Record<string, Argument>;
  options?: Record<string, Option>;
}

interface Values {
  text: string;
  release: number;
  asset: number;
  releases: string[];
  assets: string[];
  optional: string | undefined;
  optionalRelease: string | undefined;
  optionalAsset: string | undefined;
  optionalAssets: string | undefined;
  contributions: string;
  textWithDefault: string;
  numberWithDefault: number;
  flag: boolean;
}

type ValuesOf<Declared> =
  Declared extends Record<string, Argument | Option>
    ? { -readonly [Name in keyof Declared]: Values[Declared[Name]["kind"]] }
    : unknown;

/** Options of everything that sends transactions. */
export const FEE_OPTIONS = {
  tip: optional(
    "Tip for a unit of gas, in gwei, such as 30 or 1.5. Default: what the node suggests, at least what the network takes",
  ),
  maxFee: optional(
    "Highest price of a unit of gas, with the tip, in gwei, such as 60. Default: twice the base fee, and the tip",
  ),
};

/** Options of all commands. {@link sharedOptionsOf} leaves out those without a meaning for a command. */
export const sharedOptions = {
  deployment: optional("Deployment file. Default: deployments/<chain id>.json"),
  as: optional(
    "Account that signs, where the network has several. With --propose or --dry-run: any account, such as a contract wallet. Default: the network's first account",
  ),
  yes: flag("Send without asking for confirmation"),
  dryRun: flag("Simulate the command and show its steps and cost. Nothing is signed or sent"),
  propose: optional(
    "Sign and send nothing: write the transactions to this file, for the contract wallet that --as names, in the form of Safe's Transaction Builder",
  ),
  plain: flag("With --propose: write a plain list of calls, each with to, value and data"),
  json: flag("Print the result as one JSON object on standard output; messages go to standard error"),
  api: optional("URL of an indexer's API to read names and metadata from. Default: the chain's logs"),
  confirmations: numberWithDefault("Confirmations to wait for after each transaction", 1),
  ...FEE_OPTIONS,
};

export type SharedOptions = ValuesOf<typeof sharedOptions>;

const draft = {
  builtFrom: contributions(
    "Releases that it was built from, with their weights, as release:weight, such as 12:300000,15:5%. At a terminal also names, such as 'Llama 3:20%', for the newest release",
    "",
  ),
  floor: withDefault(
    "The part of every fee paid to anything built on it, at any depth, that must reach it, in ppm or %",
    "0",
  ),
  byGrant: flag("Only the owner of its asset, and accounts and assets with a grant, may build on it"),
  label: withDefault("Version label, such as 3.1", ""),
  digest: optional("Digest of the content: 32 bytes, as 0x and 64 hexadecimal digits. Default: none"),
  uri: withDefault("URI of the content, or of a page about it", ""),
  grants: withDefault(
    "Files of signed grants, separated by commas: one for each release in --built-from that is by grant and for which you have only a signed grant",
    "",
  ),
};

/** Options that describe a new release, whether it is the first of its asset or a later one. */
export type DraftOptions = ValuesOf<typeof draft>;

const currencies = optional("Only this currency, by symbol or address. Default: all admitted currencies");
const currencyOrNative = optional(
  "Currency, by symbol or address, or native for native money. Default: the admitted currency, if there is only one",
);
const api = withDefault("URL of the indexer's API", "http://127.0.0.1:4000");
const timelockApi = optional("URL of an indexer's API to read what is scheduled from. Default: the chain's logs");
const amount = text("Amount in whole units, such as 12.5 for 12.5 USDC");
const planned = {
  currency: currencies,
  assets: optionalAssets("Only these assets, by their ids, separated by commas. Default: all"),
  all: flag("Leave nothing out that brings a base unit, whatever it costs"),
  credit: flag("Withdraw prepaid credit, too: what was deposited, for example"),
  price: withDefault(
    "What one whole unit of a currency is worth in native money, such as tUSD=0.0004,USDC=0.0004. Then whatever costs more than it brings is left out. The wrapped token is worth 1 unless you say otherwise. Without a price, whatever brings less than 1 % of the average for its gas is left out",
    "",
  ),
  api,
};

export const COMMANDS = {
  find: {
    description:
      "Finds assets by their names, with the ids of their newest releases. Case, spaces, hyphens and Unicode forms do not matter",
    arguments: { text: text("The name, or one like it") },
  },
  register: {
    description: "Registers a dataset, a model or an agent with its first release, and allocates its shares",
    options: {
      ...draft,
      metadata: optional(
        "Metadata as a JSON file, instead of --name, --organization and --description. The file is recorded unchanged",
      ),
      leaveOut: optional(
        "Names in the metadata file, separated by commas, of what the asset was built from that get no part of its fees. Every other name needs a release in --built-from",
      ),
      name: optional("Name of the asset"),
      organization: optional("Organization that publishes it"),
      description: optional("Description, in a sentence"),
      kind: optional("Kind of the asset: dataset, model or agent. Default: the kind in the metadata file"),
      owner: optional("The account that administers the asset. Default: the account that registers it"),
      shares: optional(
        `Shareholders, as account:role:shares, such as 0x…:training:60000000,0x…:data:40000000. The shares must add up to 100000000. The roles: ${ROLES.join(", ")}. Default: all shares to the owner, with the role other`,
      ),
      keep: withDefault(
        "No release of the asset may ever keep less than this part of what it receives, in ppm or %",
        "0",
      ),
    },
  },
  publish: {
    description: "Publishes a new release of an asset. Only the asset's owner can do this",
    arguments: { asset: asset("Id of the asset, at a terminal also its name") },
    options: draft,
  },
  grant: {
    description: "Grants an account or an asset the right to build on a release that is by grant",
    arguments: { release: release("Id of the release to build on, at a terminal also a name") },
    options: {
      account: optional("Account that may build on it"),
      asset: optionalAsset("Asset whose releases may be built on it, by its id, at a terminal also by its name"),
      sign: flag("Sign a grant for one use and write it to a file, instead of recording a grant on chain"),
      expires: withDefault("Time after which a signed grant expires, such as 12h or 30d", "30d"),
      file: optional("File to write a signed grant to. Default: grant-<release>-<nonce>.json"),
    },
  },
  revoke: {
    description: "Revokes a grant that is recorded on chain, or cancels a signed grant that is not used yet",
    arguments: { release: release("Id of the release that the grant is for, at a terminal also a name") },
    options: {
      account: optional("Account whose permission to build ends"),
      asset: optionalAsset("Asset whose permission to build ends, by its id, at a terminal also by its name"),
      signed: optional("File of the signed grant to cancel"),
    },
  },
  retire: {
    description: "Retires a release: no new release may be built on it. It can still receive and settle money",
    arguments: { release: release("Id of the release, at a terminal also a name") },
  },
  restore: {
    description: "Restores a retired release: new releases may be built on it again",
    arguments: { release: release("Id of the release, at a terminal also a name") },
  },
  "set-metadata": {
    description:
      "Replaces the metadata of an asset, and shows each difference first. Only the asset's owner can do this",
    arguments: { asset: asset("Id of the asset, at a terminal also its name") },
    options: {
      metadata: optional("JSON file that replaces all metadata. It is recorded unchanged"),
      card: optional(
        "Model card (Markdown) whose name, organization and description replace those in the metadata. Other fields stay",
      ),
      name: optional("New name. Without a file, all fields that are not named stay as they are"),
      organization: optional("New organization. An empty text removes it"),
      description: optional("New description, in a sentence. An empty text removes it"),
    },
  },
  "bind-identity": {
    description:
      "Binds an agent to its identity in the chain's ERC-8004 registry, for ever. Only the owner of both can do this",
    arguments: {
      asset: asset("Id of the agent, at a terminal also its name"),
      identity: text("Number of the identity"),
    },
  },
  "transfer-asset": {
    description:
      "Transfers an asset, which is its administration, to another account. Shares and income do not go with it",
    arguments: { asset: asset("Id of the asset, at a terminal also its name"), to: text("Account that gets it") },
  },
  pay: {
    description: "Pays a fee into a release",
    arguments: {
      release: release("Id of the release to pay, at a terminal also a name, for the newest release"),
      amount,
    },
    options: {
      currency: currencyOrNative,
      way: optional(
        "How to pay: allowance, permit, authorization, permit2, credit, inlet or native. Default: an existing allowance, else a permit, else a new allowance. With --sign: an authorization, else Permit2. For native money: native",
      ),
      reference: optional(
        "Reference that ties the fee to a request: 32 bytes, or a text whose keccak256 digest is recorded. Default: none",
      ),
      sign: optional("Only sign the fee, and write it to the file named here, for somebody else to submit"),
      expires: withDefault("Time after which a signed payment expires, such as 1h or 7d", "1d"),
    },
  },
  submit: {
    description: "Submits a signed payment. The payer's money pays the fee; the submitter pays the gas",
    arguments: { file: text("File of the signed payment") },
    options: {
      signature: optional(
        "Signature to use instead of the one in the file, such as one that the owners of a contract wallet made",
      ),
    },
  },
  faucet: {
    description:
      "Mints test money, where a currency lets anyone mint it. On a development chain, an account without native money gets some for gas",
    options: {
      account: optional("Account that gets the money. Default: the account that signs"),
      currency: optional("Only this currency, by symbol or address. Default: all that let anyone mint"),
      amount: optional("With --currency: amount in whole units, such as 12.5. Default: 1000"),
    },
  },
  sync: {
    description: "Turns the money in a release's inlet into fees of the release",
    arguments: { release: release("Id of the release, at a terminal also a name") },
    options: {
      currency: optional(
        "Only this currency, by symbol or address, or native for native money. Default: all money in the inlet",
      ),
      recover: optional(
        "Do not sync: send the token that has this address, and is not admitted, from the inlet to the asset's owner. native: native money, if no wrapped token is admitted",
      ),
      assets: optionalAssets(
        "Assets whose shares the inlet holds, separated by commas: what they earned becomes a fee, too. Its credit always does",
      ),
    },
  },
  settle: {
    description: "Settles releases: divides what they received among their contributions and their own asset",
    arguments: { releases: releases("Ids of the releases, in any order, separated by spaces") },
    options: {
      from: optionalRelease("Instead of a list: this release and all its ancestors that have something to settle"),
      currency: currencies,
    },
  },
  plan: {
    description: "Shows what an account can collect, and which releases to settle and assets to claim for that",
    options: { account: optional("Account to look at. Default: the account that signs"), ...planned },
  },
  claim: {
    description: "Claims what an account has earned from the settled income of assets",
    arguments: { assets: assets("Ids of the assets, at least one, separated by spaces") },
    options: {
      currency: currencies,
      to: optional("Account that is paid. Default: the account that signs"),
      toCredit: flag(
        "Add the claim to credit in the ledger instead. Anyone may do this for any account: see --account",
      ),
      account: optional("With --to-credit: the account to claim for. Default: the account that signs"),
    },
  },
  collect: {
    description:
      "Settles the releases that bring the account something, then claims what it can and withdraws what others claimed to its credit, by the indexer's claim plan. Leaves out what costs more than it brings, and says so",
    options: { to: optional("Account that is paid. Default: the account that signs"), ...planned },
  },
  "transfer-shares": {
    description: "Transfers shares of an asset to another account",
    arguments: {
      asset: asset("Id of the asset, at a terminal also its name"),
      shares: text("Number of shares to transfer, of 100000000"),
      to: text("Account that gets them"),
    },
  },
  deposit: {
    description: "Deposits tokens or native money as credit in the ledger",
    arguments: { amount },
    options: {
      currency: currencyOrNative,
      account: optional("Account that gets the credit. Default: the account that signs"),
    },
  },
  withdraw: {
    description: "Withdraws credit from the ledger, as tokens or native money",
    arguments: { amount: text("Amount in whole units, such as 12.5 for 12.5 USDC, or all") },
    options: { currency: currencyOrNative, to: optional("Account that is paid. Default: the account that signs") },
  },
  proposals: {
    description:
      "Shows the timelock that administers the ledger: who has which role, and what is scheduled, by whom, what it would do and from when anyone can execute it",
    options: {
      all: flag("Show what was executed or cancelled, too"),
      api: timelockApi,
    },
  },
  propose: {
    description: "Schedules calls in the timelock. Only a proposer can do this",
    options: {
      target: optional("Address to call"),
      data: withDefault("Data of the call, in hexadecimal", "0x"),
      value: withDefault("Native money to send with the call, from the timelock's balance, in whole units", "0"),
      calls: optional(
        "Instead of --target: JSON file with a list of calls, each with to, value in wei and data, which are executed together. A file of the Safe Transaction Builder will do",
      ),
      grantRole: optional(
        "Instead of --target: give roles, as role:account, separated by commas. Roles: proposer, canceller, executor",
      ),
      revokeRole: optional("Take roles away, as role:account, separated by commas; can be combined with --grant-role"),
      minDelay: optional("Instead of --target: change the least delay to this, such as 2d"),
      delay: optional("Time until anyone can execute it, such as 3d. Default: the timelock's least delay"),
      predecessor: optional("Id of the operation that must be executed first. Default: none"),
      salt: optional("32 bytes that tell operations with the same calls apart. Default: chosen as needed"),
      unchecked: flag("Schedule calls even if they would fail now"),
    },
  },
  cancel: {
    description: "Cancels an operation that is scheduled in the timelock. Only a canceller can do this",
    arguments: { operation: text("Id of the operation, which proposals shows") },
  },
  execute: {
    description: "Executes an operation of the timelock whose delay is over. Anyone can do this",
    arguments: { operation: text("Id of the operation, which proposals shows") },
    options: { api: timelockApi },
  },
  admit: {
    description:
      "Admits a currency for ever, or schedules this in the timelock. Checks first what can be checked about the token",
    arguments: { currency: text("Address of the ERC-20 token") },
  },
  sweep: {
    description: "Adds the commons' part of settled income to the credit of its beneficiary. Anyone can do this",
    arguments: { assets: assets("Ids of the assets, separated by spaces. Default: all") },
    options: { currency: currencies },
  },
  "withdraw-commons": {
    description:
      "Withdraws credit of the beneficiary of the commons, or schedules this if the beneficiary is the timelock",
    arguments: { amount: text("Amount in whole units, such as 12.5 for 12.5 USDC, or all") },
    options: {
      currency: currencyOrNative,
      to: optional("Account that is paid. Default: the beneficiary, if it signs"),
    },
  },
  status: {
    description: "Shows the state of the deployment, or of a release, an asset or an account",
    options: {
      release: optionalRelease("Id of a release, at a terminal also a name"),
      asset: optionalAsset("Id of an asset, at a terminal also its name"),
      account: optional("Address of an account"),
    },
  },
  outlet: {
    description:
      "Shows the outlet of an account: the address that holds shares for a contract that never calls the ledger",
    arguments: { account: text("Account that the outlet passes everything on to") },
    options: { api },
  },
  pass: {
    description:
      "Passes on everything that an account's outlet has earned and holds, to that account. Anyone may do this",
    arguments: { account: text("Account that the outlet passes everything on to") },
    options: {
      currency: optional(
        "Only this currency, by symbol or address, any other token by its address, or native for native money. Default: all currencies and native money",
      ),
      assets: optionalAssets(
        "Claim settled income of these assets, by their ids, separated by commas, without an indexer. Default: the indexer's claim plan for the outlet, which settles first and leaves out what is not worth its gas",
      ),
      all: planned.all,
      price: planned.price,
      api,
    },
  },
  keeper: {
    description:
      "Keeps settling releases, syncing inlets and passing on from outlets, where the money that moves is worth more than the gas",
    options: {
      price: withDefault(
        "What one whole unit of a currency is worth in native money, such as tUSD=0.0004,USDC=0.0004. The wrapped token is worth 1 unless you say otherwise. Other currencies without a price are ignored",
        "",
      ),
      margin: withDefault("Send only what is worth at least this many times its gas", "2"),
      once: flag("Run one round, then end"),
      every: withDefault("Time between two rounds, such as 30s or 10m", "1m"),
      inlets: withDefault("Releases whose inlets to check: all, none, or ranges such as 1-500,712", "all"),
      outlets: withDefault(
        "Accounts whose outlets to pass on from: none, all open outlets that the indexer knows of, or addresses separated by commas",
        "none",
      ),
      api,
    },
  },
} satisfies Record<string, Declaration>;

export type CommandName = keyof typeof COMMANDS;

type SharedOption = keyof typeof sharedOptions;

/** Shared options that only sending has. */
const SENDING = ["yes", "dryRun", "propose", "plain", "confirmations", "tip", "maxFee"] as const;

/** Shared options without a meaning for a command that sends nothing. */
const WITHOUT_MEANING: { [Name in CommandName]?: readonly SharedOption[] } = {
  plan: SENDING,
  proposals: ["as", ...SENDING],
  find: ["as", ...SENDING],
  status: ["as", ...SENDING],
  outlet: ["as", ...SENDING],
};

/** Returns true for a command that signs and sends nothing. */
export const isReading = (name: CommandName): boolean => WITHOUT_MEANING[name]?.includes("yes") ?? false;

/** Returns the shared options that a command has. */
export const sharedOptionsOf = (name: CommandName): Record<string, Option> =>
  Object.fromEntries(
    Object.entries(sharedOptions).filter(([option]) => !WITHOUT_MEANING[name]?.includes(option as SharedOption)),
  );

/** The values of one command's arguments and options. */
export type OptionsOf<Name extends CommandName> = ValuesOf<
  (typeof COMMANDS)[Name] extends { arguments: infer Arguments } ? Arguments : undefined
> &
  ValuesOf<(typeof COMMANDS)[Name] extends { options: infer Options } ? Options : undefined>;
