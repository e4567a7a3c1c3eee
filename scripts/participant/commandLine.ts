// The arguments and options of each command, once: Hardhat's tasks are built from them, and the commands' types are made
// of them. Nothing heavy is imported here, since Hardhat reads this file whenever it starts.

const text = (description: string) => ({ kind: "text", description }) as const;
const number = (description: string) => ({ kind: "number", description }) as const;
const list = (description: string) => ({ kind: "list", description }) as const;
/** An option that need not be given. */
const optional = (description: string) => ({ kind: "optional", description }) as const;
const withDefault = (description: string, defaultValue: string) =>
  ({ kind: "textWithDefault", description, defaultValue }) as const;
const numberWithDefault = (description: string, defaultValue: number) =>
  ({ kind: "numberWithDefault", description, defaultValue }) as const;
const flag = (description: string) => ({ kind: "flag", description }) as const;

export type Argument = ReturnType<typeof text | typeof number | typeof list>;
export type Option = ReturnType<typeof optional | typeof withDefault | typeof numberWithDefault | typeof flag>;

interface Declaration {
  description: string;
  /** Arguments by position. */
  arguments?: Record<string, Argument>;
  options?: Record<string, Option>;
}

interface Values {
  text: string;
  number: number;
  list: string[];
  optional: string | undefined;
  textWithDefault: string;
  numberWithDefault: number;
  flag: boolean;
}

type ValuesOf<Declared> =
  Declared extends Record<string, Argument | Option>
    ? { -readonly [Name in keyof Declared]: Values[Declared[Name]["kind"]] }
    : unknown;

/** Options of every command. */
export const sharedOptions = {
  deployment: optional("The deployment's file. Default: deployments/<chain id>.json"),
  as: optional("The account to act as, where the network has several. Default: its first"),
  yes: flag("Do it without asking"),
  dryRun: flag("Try it and show what it does and costs, but send nothing"),
  json: flag("Print one JSON object; words go to the standard error"),
  confirmations: numberWithDefault("How many blocks deep a transaction must be before the command goes on", 1),
};

export type SharedOptions = ValuesOf<typeof sharedOptions>;

const draft = {
  builtFrom: withDefault("What it was built from, as release:weight, such as 12:300000,15:5%", ""),
  floor: withDefault("What of every fee, paid to anything built on it, must reach it, in ppm or %", "0"),
  byGrant: flag("Only those with a grant may build on it"),
  label: withDefault("Its version, as people write it, such as 3.1", ""),
  digest: optional("A digest of its content, 32 bytes"),
  uri: withDefault("Where it, or a page about it, is found", ""),
  grants: withDefault("Files of signed grants for what it was built from, separated by commas", ""),
};

/** Options that describe a new release, whether it is the first of its asset or a later one. */
export type DraftOptions = ValuesOf<typeof draft>;

const currencies = optional("Only this currency, by symbol or address. Default: all");
const currencyOrNative = optional("Which currency, by symbol or address, or native. Default: the only one");
const api = withDefault("Where the indexer is served", "http://127.0.0.1:4000");
const amount = text("How much, in the currency's units, such as 12.5");

export const COMMANDS = {
  register: {
    description: "Registers a dataset, a model or an agent, with its first release and who shares in its income",
    options: {
      ...draft,
      metadata: optional("A JSON file that describes it, instead of name, organization and description"),
      name: optional("What it is called"),
      organization: optional("Who stands behind it"),
      description: optional("What it is, in a sentence"),
      kind: optional("dataset, model or agent. Default: what the metadata's file says"),
      owner: optional("Who will administer it. Default: the account that registers it"),
      shares: optional(
        "Who gets how many of its 100000000 shares, and what for: 0x…:training:60000000,… Default: all the owner's",
      ),
      keep: withDefault("No release of it will ever keep less for its shareholders, in ppm or %", "0"),
    },
  },
  publish: {
    description: "Publishes a further release of an asset",
    arguments: { asset: number("The asset") },
    options: draft,
  },
  grant: {
    description: "Lets an account or an asset build on a release that is by grant",
    arguments: { release: number("The release to build on") },
    options: {
      account: optional("The account that may build on it"),
      asset: optional("The asset whose releases may be built on it"),
      sign: flag("Sign it for one use and write it to a file, instead of recording it"),
      expires: withDefault("How long a signed grant serves, such as 12h or 30d", "30d"),
      file: optional("Where to write a signed grant. Default: grant-<release>-<number>.json"),
    },
  },
  revoke: {
    description: "Takes back a grant, one that is recorded or a signed one that was not used yet",
    arguments: { release: number("The release that the grant is for") },
    options: {
      account: optional("The account that was granted"),
      asset: optional("The asset that was granted"),
      signed: optional("The file of a signed grant"),
    },
  },
  retire: {
    description: "Retires a release: nothing new may be built on it. Money goes on flowing",
    arguments: { release: number("The release") },
  },
  restore: {
    description: "Restores a retired release: new releases may be built on it again",
    arguments: { release: number("The release") },
  },
  pay: {
    description: "Pays a fee into a release",
    arguments: { release: number("The release to pay"), amount },
    options: {
      currency: currencyOrNative,
      way: optional(
        "allowance, permit, authorization, permit2, credit, inlet or native. Default: what is approved, else a permit, else an approval first",
      ),
      reference: optional("What ties the fee to a request: 32 bytes, or a text whose digest is taken"),
      sign: optional("Only sign it, and write it to this file for somebody else to submit"),
      expires: withDefault("How long a fee that is only signed serves, such as 1h or 7d", "1d"),
    },
  },
  submit: {
    description: "Pays a fee that somebody else signed, whose money it is",
    arguments: { file: text("The file of the signed fee") },
  },
  sync: {
    description: "Makes what was sent to a release's inlet its fees",
    arguments: { release: number("The release") },
    options: {
      currency: optional("Only this currency, by symbol or address, or native. Default: all that lies there"),
      recover: optional("Instead: send this token (or native), which is not admitted, to the asset's owner"),
    },
  },
  settle: {
    description: "Passes on what releases have received, to what they were built from and to their shareholders",
    arguments: { releases: list("The releases, in any order") },
    options: {
      from: optional("Instead: this release and all that it was built from, as far as anything is due"),
      currency: currencies,
    },
  },
  plan: {
    description: "Tells what an account is owed, and what to settle and claim for it",
    options: { account: optional("Whose. Default: the network's first account"), currency: currencies, api },
  },
  claim: {
    description: "Pays out what was earned with shares of assets, as far as it is settled",
    arguments: { assets: list("The assets") },
    options: {
      currency: currencies,
      to: optional("Where to. Default: the account itself"),
      toCredit: flag("Add it to the account's credit, for anyone's account"),
      account: optional("Whose earnings to add to their credit. Default: one's own"),
    },
  },
  collect: {
    description: "Settles and claims all that the account is owed, by the indexer's plan",
    options: { currency: currencies, to: optional("Where to. Default: the account itself"), api },
  },
  "transfer-shares": {
    description: "Hands over shares of an asset",
    arguments: { asset: number("The asset"), shares: text("How many of its 100000000"), to: text("To whom") },
  },
  deposit: {
    description: "Turns tokens or native money into credit in the ledger",
    arguments: { amount },
    options: { currency: currencyOrNative, account: optional("Whose credit. Default: one's own") },
  },
  withdraw: {
    description: "Takes credit out of the ledger, as tokens or native money",
    arguments: { amount: text("How much, in the currency's units, such as 12.5, or all") },
    options: { currency: currencyOrNative, to: optional("Where to. Default: the account itself") },
  },
  status: {
    description: "Tells how the deployment stands, or a release, an asset or an account",
    options: { release: optional("A release"), asset: optional("An asset"), account: optional("An account") },
  },
  keeper: {
    description: "Settles releases and syncs inlets, when what moves is worth more than the gas",
    options: {
      price: withDefault(
        "Native money for a whole unit of a currency, such as tUSD=0.0004,… Others are left alone",
        "",
      ),
      margin: withDefault("How many times the gas what moves must be worth", "2"),
      once: flag("Look once, and end"),
      every: withDefault("How often to look, such as 30s or 10m", "1m"),
      inlets: withDefault("Which releases' inlets to look at: all, none, or ranges such as 1-500,712", "all"),
      api,
    },
  },
} satisfies Record<string, Declaration>;

export type CommandName = keyof typeof COMMANDS;

/** Arguments and options of one command, as it gets them. */
export type OptionsOf<Name extends CommandName> = ValuesOf<
  (typeof COMMANDS)[Name] extends { arguments: infer Arguments } ? Arguments : undefined
> &
  ValuesOf<(typeof COMMANDS)[Name] extends { options: infer Options } ? Options : undefined>;
